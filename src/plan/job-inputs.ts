import { nearMiss } from "../base/near-miss.ts";
import type { Input } from "../recipe/recipe.ts";
import type { FoundInput } from "./input-facts.ts";
import type { PlanContext } from "./plan-context.ts";
import type { FoundFile } from "./planned-job.ts";
import type { WantedInput } from "./wanted-inputs.ts";

/** What the file system said to one wanted path, worked out before the plan. */
export interface PathAnswer {
  readonly files: readonly FoundFile[];
  readonly refused: readonly {
    readonly shownPath: string;
    readonly message: string;
    readonly hint?: string;
  }[];
  /** Names in the folder that was looked into, where nothing matched. */
  readonly nearby?: readonly string[];
  /** A sentence that says where media are that may have been meant. */
  readonly elsewhere?: string;
}

/** Answers that are already here: a plan never waits. */
export interface InputAnswers {
  find(wanted: Extract<WantedInput, { kind: "path" }>): PathAnswer;
  /** Hashes of the files that delivered jobs of the recipe used. */
  readonly usedBefore: ReadonlySet<string>;
}

export interface JobInputs {
  readonly assets: readonly FoundInput[];
  readonly inputs: readonly FoundInput[];
  /** What refinements bring along, by the recipe's entry. */
  readonly late: ReadonlyMap<Input, readonly FoundInput[]>;
  /** True where `since` has left none of the inputs: there is nothing to make. */
  readonly nothingNew: boolean;
}

const noInputs: JobInputs = { assets: [], inputs: [], late: new Map(), nothingNew: false };

/** Puts what was found in the places of what was wanted; problems stand at the input's place. */
export function jobInputs(
  context: PlanContext,
  wanted: readonly WantedInput[],
  answers: InputAnswers,
): JobInputs {
  if (wanted.length === 0) return noInputs;
  const assets: FoundInput[] = [];
  const inputs: FoundInput[] = [];
  const late = new Map<Input, FoundInput[]>();
  let narrowed = false;
  for (const one of wanted) {
    const list = one.late ? [] : one.asset ? assets : inputs;
    if (one.late) late.set(one.source, list);
    const named = { source: one.source, ...(one.name !== undefined && { name: one.name }) };
    if (one.kind === "url") {
      list.push({ media: { kind: "url", url: one.url }, ...named });
      continue;
    }
    const answer = answers.find(one);
    refuse(context, one, answer);
    const fresh = answer.files.filter((file) => isFresh(file, one.since));
    if (fresh.length < answer.files.length) narrowed = true;
    for (const file of fresh) list.push({ media: { kind: "file", file }, ...named });
  }
  return { assets, inputs, late, nothingNew: narrowed && inputs.length === 0 };

  function isFresh(file: FoundFile, since: number | "last-run" | undefined): boolean {
    if (since === undefined) return true;
    if (since === "last-run") return !answers.usedBefore.has(file.sha256);
    return file.mtimeMs >= context.run.startedAtMs - since;
  }
}

function refuse(
  { problems }: PlanContext,
  wanted: Extract<WantedInput, { kind: "path" }>,
  answer: PathAnswer,
): void {
  const place = wanted.source.place;
  for (const { shownPath, message, hint } of answer.refused) {
    const text = message.includes(shownPath) ? message : `${shownPath}: ${message}`;
    problems.add({ severity: "error", code: "input-refused", message: text, ...(hint && { hint }), place });
  }
  if (answer.files.length > 0 || answer.refused.length > 0 || wanted.source.optional) return;
  const message = `nothing is at "${wanted.shown}"`;
  problems.add({
    severity: "error",
    code: "input-missing",
    message,
    hint: hintFor(wanted, answer),
    place,
  });
}

function hintFor(
  wanted: Extract<WantedInput, { kind: "path" }>,
  { nearby = [], elsewhere }: PathAnswer,
): string {
  const from = `paths start at ${wanted.dir}`;
  if (/^~[\\/]/.test(wanted.shown)) return `\`~\` is not read here: write the folder out (${from})`;
  const name = wanted.shown.split(/[\\/]/).at(-1) ?? "";
  const near = nearMiss(name, nearby);
  if (near !== undefined) return `did you mean "${wanted.shown.slice(0, -name.length)}${near}"? (${from})`;
  if (elsewhere !== undefined) return `${elsewhere} (${from})`;
  if (nearby.length === 0) return `${from}; \`optional: true\` lets an input be absent`;
  const few = nearby.slice(0, 5).join(", ");
  return `the folder holds ${few}${nearby.length > 5 ? ", …" : ""} (${from})`;
}
