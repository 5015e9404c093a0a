import type {
  Budget,
  Check,
  Expanded,
  Format,
  Quality,
  RetryPolicy,
  ReviewRule,
  Skill,
  Timeouts,
} from "../recipe/recipe.ts";

/** A check after every template in it has its value. */
export type FixedCheck = Expanded<Check>;

/** A file found on this machine, read once to know its bytes. Made by `files/`. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** As people should see it: relative to the recipe or the working folder. */
  readonly shownPath: string;
  /** With extension. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string;
  /** Absolute folder with all links followed, out of which no link may lead to the file: a watched one. */
  readonly within?: string;
}

export type Media =
  | { readonly kind: "file"; readonly file: FoundFile }
  /** The url holds `${{ env.NAME }}` where a masked value belongs: `revealEnv` puts it in at the time of the upload. */
  | { readonly kind: "url"; readonly url: string };

/** Steps are done in order. `key` is the hash of all that was put into the session up to and with this step. */
export interface UploadStep {
  readonly kind: "upload";
  readonly key: string;
  readonly media: Media;
  readonly asset: boolean;
}

export interface TurnStep {
  readonly kind: "turn";
  readonly key: string;
  readonly turn: "prompt" | "refinement" | "variant";
  readonly prompt: string;
  readonly name?: string;
  readonly unless?: FixedCheck;
  readonly atMost: number;
}

export interface ExportStep {
  readonly kind: "export";
  /** Unlike the others': the draft's key, the settings and the path, so that every delivery has its own. */
  readonly key: string;
  /** The key of the step whose draft is exported: the last upload or turn before it. */
  readonly draftKey: string;
  readonly format: Format;
  readonly quality: Quality;
  /** Absolute path of the delivered file. */
  readonly path: string;
  readonly shownPath: string;
  /** The folder that it may not leave, where that is another than its job's. */
  readonly outDir?: string;
  readonly variant?: string;
  readonly expect?: FixedCheck;
  /** Small and quick, for people to look at before the draft's other exports are made. */
  readonly preview?: true;
}

/** What a reviewer asked for, behind the draft with that key. */
export interface ReviewRefinement {
  readonly after: string;
  readonly prompt: string;
}

export type Step = UploadStep | TurnStep | ExportStep;

/** Timings of one job, the backend's defaults filled in. */
export interface JobSettings {
  readonly retry: RetryPolicy;
  readonly timeouts: Timeouts;
  readonly poll: { readonly stateMs: number; readonly renderMs: number };
  /** The recipe's own limits, for what it spends itself. */
  readonly budget?: Budget;
}

/**
 * One job, worked out to the last path before anything is sent. It is plain JSON: the journal keeps it, and a
 * later process goes on from it. `batch`, `matrix`, `rows` and `variants` are gone: only steps in order are left.
 */
export interface PlannedJob {
  /** Unique within the run; also what people and outputs call it. */
  readonly name: string;
  /** From 1, within the recipe; `--only` and `--first` leave both numbers as they are. */
  readonly index: number;
  readonly total: number;
  readonly recipe: string;
  /** Absolute; only where it names somebody to tell: that is read there again when the job goes on. */
  readonly recipeFile?: string;
  /** `local`, or the origin of the service. */
  readonly backend: string;
  /** Hash of the account's user id or token. */
  readonly account: string;
  readonly skill: Skill;
  readonly language: string;
  readonly steps: readonly Step[];
  /** Key of all that comes before the first turn: two jobs that differ only after it may share a session. */
  readonly baseKey: string;
  /** Key of all that is paid. Equal keys are paid once. */
  readonly paidKey: string;
  readonly settings: JobSettings;
  /** Absolute folder that no output may leave. */
  readonly outDir: string;
  /** 2 and more for a fresh take of what was made before (`--again`). */
  readonly take?: number;
  /** No draft is exported before a person approves it. */
  readonly review?: ReviewRule;
  /** Refinements of reviewers, in order, and the paid key of what the recipe asked for. */
  readonly refined?: { readonly askedKey: string; readonly refinements: readonly ReviewRefinement[] };
  /** Names of jobs that ask for the same paid work: their exports are among this job's steps, and it is paid once. */
  readonly sameAs?: readonly string[];
}

/** Why a job costs what it costs. */
export type Reason = "new" | "continue" | "export-again" | "go-on" | "up-to-date" | "busy" | "parked";
