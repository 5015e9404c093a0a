import type { Range } from "../base/range.ts";
import type { Scalar } from "../base/json.ts";
import type { Place } from "./problem.ts";

/**
 * A value that waits for its names: the text of a string that holds `${{ … }}`, where it stands, and what it must
 * become. `T` exists for the compiler only; see {@link Expanded}.
 */
export interface Template<T = unknown> {
  readonly template: string;
  readonly place: Place;
  /** What the result is read as, by the same rules as a plain value at this place. */
  readonly as: TemplateKind;
  readonly becomes?: T;
}

export type TemplateKind =
  | "text"
  | "scalar"
  | "integer"
  | "count"
  | "boolean"
  | "durationMs"
  | "since"
  | "range"
  | "durationRange"
  | "format"
  | "quality"
  | "aspect"
  | "language";

export type Templated<T> = T | Template<T>;

/** The same shape after every template in it has been replaced by its value. */
export type Expanded<T> =
  T extends Template<infer Value>
    ? Value
    : T extends readonly (infer Item)[]
      ? readonly Expanded<Item>[]
      : T extends Place
        ? T
        : T extends object
          ? { readonly [Key in keyof T]: Expanded<T[Key]> }
          : T;

export const formats = ["mp4", "mov", "avi", "webm", "mkv", "gif"] as const;
export type Format = (typeof formats)[number];

export const qualities = ["low", "medium", "high"] as const;
export type Quality = (typeof qualities)[number];

export interface Skill {
  readonly name: string;
  readonly version: string;
}

export interface Param {
  readonly type: "string" | "integer" | "number" | "boolean";
  readonly default?: string | number | boolean;
  readonly required: boolean;
  readonly enum?: readonly (string | number)[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly description?: string;
  readonly place: Place;
}

/** What a draft or a file must be. Durations in milliseconds, lengths in pixels. */
export interface Check {
  readonly duration?: Templated<Range>;
  readonly width?: Templated<Range>;
  readonly height?: Templated<Range>;
  /** `16:9`, `9:16` … */
  readonly aspect?: Templated<string>;
  readonly tracks?: {
    readonly video?: Templated<Range>;
    readonly audio?: Templated<Range>;
    readonly text?: Templated<Range>;
  };
  /** A part of the title. */
  readonly title?: Templated<string>;
  readonly format?: Templated<Format>;
}

export interface Prompt {
  readonly prompt: Templated<string>;
  readonly name?: Templated<string>;
  readonly place: Place;
}

export interface Refinement extends Prompt {
  /** Sent only while the draft does not meet this. */
  readonly unless?: Check;
  /** How often at most; 1 where there is no `unless`. */
  readonly atMost: Templated<number>;
  /** Uploaded right before it, behind all turns before. */
  readonly inputs?: readonly LateInput[];
}

/** An input that joins in the middle of a job: it has no time and no turns of its own. */
export type LateInput = Omit<Input, "since" | "prompts" | "refinements" | "export">;

export interface Variant {
  readonly name: Templated<string>;
  readonly prompt?: Templated<string>;
  readonly expect?: Check;
  readonly place: Place;
}

export interface Export {
  readonly format: Templated<Format>;
  readonly quality: Templated<Quality>;
  /** Absent: the default of the recipe language, which depends on whether there are variants. */
  readonly to?: Templated<string>;
  /** The folder that a relative `to` starts from where the run gives no other. */
  readonly place: Place;
}

/** One entry of `inputs` or `assets`: exactly one of `path` (a path, folder or glob) and `url`. */
export interface Input {
  readonly path?: Templated<string>;
  readonly url?: Templated<string>;
  readonly name?: Templated<string>;
  readonly optional: boolean;
  /** Milliseconds back from now, or since the last run. */
  readonly since?: Templated<number | "last-run">;
  readonly prompts?: readonly Prompt[];
  readonly refinements?: readonly Refinement[];
  readonly export?: readonly Export[];
  /** The absolute folder of the file it is written in: relative paths start here. */
  readonly dir: string;
  readonly place: Place;
}

/** One line of `rows`: its columns. */
export type Row = Readonly<Record<string, Scalar>>;

/** What a job does with a draft that nobody has looked at. */
export interface ReviewRule {
  /** Absent: it waits for ever. */
  readonly deadlineMs?: number;
  readonly atDeadline: "approve" | "stop";
}

/** Limits in credits. */
export interface Budget {
  readonly perJob?: number;
  readonly perRun?: number;
  readonly perDay?: number;
  readonly perMonth?: number;
}

export interface RetryPolicy {
  readonly attempts: number;
  readonly delayMs: number;
  readonly maxDelayMs: number;
}

/** How long to wait: one turn's stream; heartbeats alone; no byte at all; a closed turn to show; one render. */
export interface Timeouts {
  readonly turnMs: number;
  readonly silenceMs: number;
  readonly idleMs: number;
  readonly changeMs: number;
  readonly renderMs: number;
}

/** How often to ask. Absent: the backend's default (10 s and 30 s; 200 ms each on the local one). */
export interface Poll {
  readonly stateMs?: number;
  readonly renderMs?: number;
}

export interface WatchBlock {
  readonly folder?: Templated<string>;
  readonly include?: readonly string[];
  readonly ignore: readonly string[];
  readonly recursive: boolean;
  readonly group: "file" | "folder" | "burst";
  readonly settleMs: number;
  readonly quietMs: number;
  readonly max: number;
  readonly existing: "process" | "skip";
  readonly poll: "auto" | "never" | { readonly everyMs: number };
  readonly after: "keep" | "move" | "delete";
  readonly done?: string;
  readonly failed?: string;
  readonly place: Place;
}

export interface ScheduleEntry {
  readonly cron: string;
  readonly timezone?: string;
  readonly overlap: "skip" | "queue" | "parallel";
  readonly catchUp: "none" | "newest" | "all";
  readonly withinMs: number;
  readonly jitterMs: number;
  readonly enabled: boolean;
  readonly params: Readonly<Record<string, Scalar>>;
  readonly place: Place;
}

/** What people can ask to be told of. A job that waits for credits or a budget's room is `budget`, and not `failed`. */
export type Occasion = "failed" | "finished" | "needs-you" | "budget";

export interface Notification {
  readonly on: readonly Occasion[];
  readonly webhook?: Templated<string>;
  readonly slack?: Templated<string>;
  readonly discord?: Templated<string>;
  readonly command?: readonly Templated<string>[];
  readonly place: Place;
}

/**
 * A checked recipe: defaults filled in, `extends` merged, templates found and their names known to exist,
 * but nothing expanded yet. Made by `parseRecipe`; the input of `plan/`.
 */
export interface Recipe {
  readonly name: string;
  readonly description?: string;
  /** The recipe file as the user gave it; `-` for standard input. */
  readonly file: string;
  /** The absolute folder that relative outputs start from where neither `--out` nor `outDir` is given. */
  readonly dir: string;
  readonly skill: Skill;
  /** Absent: the machine's. Only a named language counts in the paid key. */
  readonly language?: Templated<string>;
  readonly env: readonly string[];
  readonly params: Readonly<Record<string, Param>>;
  readonly assets: readonly Input[];
  readonly inputs: readonly Input[];
  readonly batch: "together" | "each" | "sequence";
  readonly matrix: Readonly<Record<string, readonly Scalar[]>>;
  /** A path (of the file it is written in: `dir`), or the rows themselves. */
  readonly rows?: { readonly path: string; readonly dir: string; readonly place: Place } | readonly Row[];
  readonly prompts: readonly Prompt[];
  readonly refinements: readonly Refinement[];
  readonly expect?: Check;
  readonly variants: readonly Variant[];
  readonly export: readonly Export[];
  /** Absent: exported without being asked. */
  readonly review?: ReviewRule;
  readonly preview: boolean;
  readonly concurrency: Templated<number>;
  readonly budget: Budget;
  readonly retry: RetryPolicy;
  readonly timeouts: Timeouts;
  readonly poll: Poll;
  readonly watch?: WatchBlock;
  readonly schedule: readonly ScheduleEntry[];
  readonly notify: readonly Notification[];
}
