import type { ByteSink, NemoService } from "../executor/ports.ts";
import type { Incoming } from "./channel.ts";

/** A file of which some has come: what is needed to ask for the rest, and to know that it is the rest of the same. */
export interface FilePart {
  readonly sink: ByteSink;
  /** Undefined where the answer does not say. */
  readonly sizeBytes: number | undefined;
  /** Names this very version of the file; undefined where the server gave no such name. */
  readonly validator: string | undefined;
  receivedBytes: number;
}

export type DownloadRequest = Parameters<NemoService["download"]>[0];

/** What an answer with the whole file begins. */
export function beginPart(incoming: Incoming, sink: ByteSink): FilePart {
  return { sink, sizeBytes: lengthOf(incoming), validator: validatorOf(incoming), receivedBytes: 0 };
}

/** The headers that ask for the rest; undefined where nobody could tell whether it is the rest of the same file. */
export function rangeHeaders(part: FilePart | undefined): Readonly<Record<string, string>> | undefined {
  if (part?.validator === undefined || part.sizeBytes === undefined || part.receivedBytes === 0)
    return undefined;
  return { Range: `bytes=${part.receivedBytes}-`, "If-Range": part.validator };
}

/** True where an answer holds exactly what is missing of this part. */
export function isRestOf(part: FilePart, incoming: Incoming): boolean {
  const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(incoming.header("content-range") ?? "") ?? [];
  const tag = incoming.header("etag");
  return (
    Number(from) === part.receivedBytes &&
    Number(size) === part.sizeBytes &&
    Number(to) === part.sizeBytes - 1 &&
    (tag === undefined || !part.validator?.startsWith('"') || tag === part.validator)
  );
}

function lengthOf(incoming: Incoming): number | undefined {
  const length = incoming.header("content-length");
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined;
}

/** Weak tags, and a time so near that the file may change within its second, do not name one version. */
function validatorOf(incoming: Incoming): string | undefined {
  const tag = incoming.header("etag");
  if (tag !== undefined && /^"[\x21\x23-\x7e]*"$/.test(tag)) return tag;
  const modified = incoming.header("last-modified");
  const ageMs = Date.parse(incoming.header("date") ?? "") - Date.parse(modified ?? "");
  return ageMs >= 60_000 ? modified : undefined;
}
