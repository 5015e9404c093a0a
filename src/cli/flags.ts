/** Every flag of the command line, read. Absent where it was not given. */
export interface Flags {
  readonly param?: readonly string[];
  readonly input?: readonly string[];
  readonly prompt?: readonly string[];
  readonly out?: string;
  readonly only?: readonly string[];
  readonly first?: number;
  readonly concurrency?: number;
  readonly backend?: string;
  readonly local?: boolean;
  readonly maxCredits?: number;
  readonly yes?: boolean;
  readonly again?: boolean;
  readonly overwrite?: boolean;
  readonly dryRun?: boolean;
  readonly preview?: boolean;
  readonly folder?: string;
  readonly once?: boolean;
  readonly plan?: string;
  readonly save?: string;
  /** Where the page of a run goes. */
  readonly report?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly logFile?: string;
  /** False after `--no-color`. */
  readonly color?: boolean;
  readonly profile?: string;
  readonly stateDir?: string;
  /** A path; `true` where `doctor --config` asks to see the values. */
  readonly config?: string | true;
  readonly claim?: boolean;
  /** A path, or `true` for one named after what is shown. */
  readonly html?: string | true;
  readonly record?: string;
  readonly session?: string;
  readonly skill?: string;
  readonly asRecipe?: boolean;
  readonly adopt?: boolean;
  readonly resend?: boolean;
  readonly drop?: boolean;
  readonly port?: number;
  readonly fault?: readonly string[];
  readonly listFaults?: boolean;
  /** How many of the next slots to print. */
  readonly next?: number;
  readonly newState?: boolean;
  readonly notify?: boolean;
  /** Where `up` tells how it goes; `true`: at the usual port. */
  readonly health?: string | true;
}

/** How a flag is written, what it says, and what its value must be. */
export interface FlagSpec {
  /** `-p, --param <name=value>`: `<>` needs its value, `[]` may do without. */
  readonly flag: string;
  readonly says: string;
  readonly many?: boolean;
  readonly number?: { readonly min: number; readonly whole: boolean; readonly max?: number };
  /** What the shell can offer after it. */
  readonly offers?: "files" | "folders" | readonly string[];
}

/** `doctor` reads its own meaning into --config. */
export type FlagName = keyof Flags | "showConfig";

const count = { min: 1, whole: true } as const;

export const flagTable: Readonly<Record<FlagName, FlagSpec>> = {
  param: { flag: "-p, --param <name=value>", says: "a parameter of the recipe (repeat)", many: true },
  input: {
    flag: "-i, --input <path>",
    says: "media instead of the recipe's inputs (repeat)",
    many: true,
    offers: "files",
  },
  prompt: {
    flag: "--prompt <text>",
    says: "instead of the recipe's prompts, or of one (repeat)",
    many: true,
  },
  out: { flag: "-o, --out <folder>", says: "where relative outputs go", offers: "folders" },
  only: { flag: "--only <glob>", says: "only jobs whose name matches (repeat)", many: true },
  first: { flag: "--first <n>", says: "only the first n", number: count },
  concurrency: { flag: "--concurrency <n>", says: "jobs at once", number: count },
  backend: {
    flag: "--backend <where>",
    says: "cloud, local, or the address of a service",
    offers: ["cloud", "local"],
  },
  local: { flag: "--local", says: "on this machine: a preview, no account, no network" },
  maxCredits: {
    flag: "--max-credits <n>",
    says: "refuse a run that may cost more",
    number: { min: 0, whole: false },
  },
  yes: { flag: "-y, --yes", says: "do not ask before several jobs that cost" },
  again: { flag: "--again", says: "a fresh take of what was made before" },
  overwrite: { flag: "--overwrite", says: "replace files that nemo-recipe did not make" },
  folder: { flag: "--folder <folder>", says: "the folder to watch", offers: "folders" },
  once: { flag: "--once", says: "work off what is there and end" },
  dryRun: { flag: "--dry-run", says: "show the plan and stop" },
  preview: { flag: "--preview", says: "a small video to look at first, with its frames" },
  plan: { flag: "--plan <file>", says: "only if it is still the plan saved there", offers: "files" },
  save: { flag: "--save <file>", says: "write the plan as JSON, for run --plan", offers: "files" },
  report: {
    flag: "--report <file>",
    says: "write a page of the run: videos, timelines, prompts",
    offers: "files",
  },
  html: { flag: "--html [file]", says: "write it as a page, with videos and timelines", offers: "files" },
  json: { flag: "--json", says: "results as JSON on stdout" },
  quiet: { flag: "-q, --quiet", says: "errors only on stderr" },
  verbose: { flag: "--verbose", says: "structured logs on stderr (or NEMO_RECIPE_LOG=debug)" },
  logFile: { flag: "--log-file <file>", says: "structured logs into a file", offers: "files" },
  color: { flag: "--no-color", says: "no colours" },
  profile: { flag: "--profile <name>", says: "a named set of the config file" },
  stateDir: { flag: "--state-dir <folder>", says: "where the journal is kept", offers: "folders" },
  config: { flag: "--config <file>", says: "this config file and no other", offers: "files" },
  showConfig: { flag: "--config [file]", says: "show each setting with its origin", offers: "files" },
  adopt: { flag: "--adopt", says: "the video as it stands is what the turn made: send nothing again" },
  resend: { flag: "--resend", says: "send the prompt once more; if it did run, it is paid twice" },
  drop: { flag: "--drop", says: "give the job up: send nothing" },
  claim: { flag: "--claim", says: "fetch the link that opens the session in a browser" },
  record: { flag: "--record <file>", says: "keep the conversation as this recipe", offers: "files" },
  session: { flag: "--session <id>", says: "go on with a job, run or session" },
  skill: { flag: "--skill <name>", says: "the skill that the service is told; default image-video" },
  asRecipe: { flag: "--as-recipe", says: "print a job as a recipe" },
  port: {
    flag: "--port <n>",
    says: "port on 127.0.0.1; default any free one",
    number: { min: 0, whole: true, max: 65_535 },
  },
  fault: { flag: "--fault <spec>", says: "misbehave as asked (repeat)", many: true },
  next: { flag: "--next <n>", says: "print the next n slots and end", number: { ...count, max: 10_000 } },
  notify: { flag: "--notify", says: "send a message to all whom notify names, to try them" },
  health: {
    flag: "--health [port]",
    says: "serve /healthz, /readyz, /metrics on loopback (9464)",
  },
  newState: { flag: "--new-state", says: "begin with an empty state folder, under CI" },
  listFaults: { flag: "--list-faults", says: "list the faults and how to write them" },
};
