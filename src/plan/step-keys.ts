import type { Hash } from "../base/hash.ts";
import { canonicalJson } from "../base/json.ts";
import type { ExportStep, Media, TurnStep } from "./planned-job.ts";

/** What tells one paid history from another before anything is put into it. */
export interface ChainStart {
  readonly backend: string;
  readonly account: string;
  readonly slot?: string;
  readonly skill: string;
  /** Only where the recipe names it: the machine's own language must not make a video be paid twice. */
  readonly language?: string;
}

/** The first link: all other keys of a job hang on it. */
export function startKey(start: ChainStart, hash: Hash): string {
  return hash(canonicalJson({ start }));
}

/** A file is its bytes, whatever it is called; a URL is its text. */
export function uploadKey(before: string, media: Media, hash: Hash): string {
  return hash(media.kind === "file" ? `${before} file ${media.file.sha256}` : `${before} url ${media.url}`);
}

export function turnKey(before: string, step: Omit<TurnStep, "key" | "kind">, hash: Hash): string {
  const { turn, prompt, unless, atMost } = step;
  const condition = unless === undefined ? "" : canonicalJson(unless);
  return hash(`${before} turn ${JSON.stringify([turn, prompt, atMost, condition])}`);
}

export function exportKey(
  step: Pick<ExportStep, "draftKey" | "format" | "quality" | "path">,
  hash: Hash,
): string {
  return hash(`${step.draftKey} export ${step.format} ${step.quality} ${step.path}`);
}
