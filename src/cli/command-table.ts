import type { Command } from "./call.ts";
import type { FlagName } from "./flags.ts";

/** One command: the source of its help, its parsing and its completion. */
export interface CommandSpec {
  readonly name: string;
  /** `[recipe...]`: `<>` is needed, `[]` may be left out, `...` repeats. */
  readonly args?: string;
  /** How help writes the arguments. */
  readonly shownArgs?: string;
  readonly says: string;
  readonly more?: readonly string[];
  readonly examples: readonly string[];
  readonly flags: readonly FlagName[];
  /** What the shell can offer for the arguments. */
  readonly offers?: "files" | "recipes" | "recipes and files" | readonly string[];
  readonly load: () => Promise<Command>;
}

/** Flags of every command. */
export const general: readonly FlagName[] = ["logFile", "verbose", "color"];
const configured: readonly FlagName[] = ["stateDir", "config", "profile"];
const jobs: readonly FlagName[] = ["param", "input", "prompt", "out", "only", "first", "concurrency"];
const money: readonly FlagName[] = ["backend", "local", "maxCredits", "yes", "again", "overwrite"];
const slots: readonly FlagName[] = [
  "param",
  "out",
  "concurrency",
  "backend",
  "local",
  "maxCredits",
  "overwrite",
];
const recipes = {
  args: "[recipe...]",
  shownArgs: "[recipe…] [files or folders…]",
  offers: "recipes and files",
} as const;

export const commandTable: readonly CommandSpec[] = [
  {
    name: "run",
    ...recipes,
    says: "Makes the videos of recipes, and prints the path of each.",
    more: ["A recipe is a file, - for standard input, or a bundled name.", "None means recipe.yaml here."],
    examples: ["run promo.yaml --local", 'run --prompt "a 10-second sunset" photos/ -o videos'],
    flags: [...jobs, ...money, "dryRun", "plan", "report", "json", "quiet", ...configured],
    load: async () => (await import("./commands/run.ts")).run,
  },
  {
    name: "plan",
    ...recipes,
    says: "Shows what run would do, and why, and what it costs. Sends nothing that costs.",
    examples: ["plan promo.yaml", "plan promo.yaml --json --save plan.json"],
    flags: [...jobs, ...money, "save", "json", "quiet", ...configured],
    load: async () => (await import("./commands/plan.ts")).plan,
  },
  {
    name: "validate",
    args: "[recipe...]",
    shownArgs: "[recipe…]",
    says: "Checks recipes: every problem with its place and a suggestion. No network.",
    examples: ["validate promo.yaml", "validate recipes/*.yaml --json"],
    flags: ["json", "quiet"],
    offers: "recipes and files",
    load: async () => (await import("./commands/validate.ts")).validate,
  },
  {
    name: "watch",
    args: "[recipe...]",
    shownArgs: "[recipe…]",
    says: "Makes videos of what a folder brings, until stopped.",
    more: ["A file is known by its bytes, and makes one video.", "Against a paid service it needs a budget."],
    examples: ["watch clips.yaml --folder inbox --local", "watch clips.yaml --once --max-credits 300"],
    flags: ["folder", "once", ...slots, "json", "quiet", ...configured],
    offers: "recipes and files",
    load: async () => (await import("./commands/watch.ts")).watch,
  },
  {
    name: "schedule",
    args: "[recipe...]",
    shownArgs: "[recipe…]",
    says: "Runs recipes at the times that they name, until stopped.",
    more: ["Each slot starts once, whoever asks. Against a paid service it needs a budget."],
    examples: ["schedule promo.yaml --next 10", "schedule promo.yaml --max-credits 300"],
    flags: [...slots, "next", "quiet", "json", ...configured],
    offers: "recipes and files",
    load: async () => (await import("./commands/schedule.ts")).schedule,
  },
  {
    name: "tick",
    args: "[recipe...]",
    shownArgs: "[recipe…]",
    says: "Starts the slots that are due, waits for them, ends: for cron and CI.",
    more: ["Keep --state-dir between runs: a lost journal pays again."],
    examples: ["tick promo.yaml", "tick promo.yaml --state-dir .nemo --max-credits 300"],
    flags: [...slots, "newState", "quiet", "json", ...configured],
    offers: "recipes and files",
    load: async () => (await import("./commands/tick.ts")).tick,
  },
  {
    name: "up",
    says: "Watches and schedules all recipes that the config names, until stopped.",
    more: [
      "up: [recipes/promo.yaml] in nemo-recipe.config.yaml. What changes is read again.",
      "A SIGHUP reads all again. Against a paid service it needs a budget.",
    ],
    examples: ["up --local", "up --max-credits 300 --health"],
    flags: [
      "out",
      "concurrency",
      "backend",
      "local",
      "maxCredits",
      "overwrite",
      "health",
      "json",
      "quiet",
      ...configured,
    ],
    load: async () => (await import("./commands/up.ts")).up,
  },
  {
    name: "init",
    args: "[names...]",
    shownArgs: "[bundled] [file]",
    says: "Writes a commented recipe to begin with. Never replaces a file.",
    examples: ["init", "init image-video promo.yaml"],
    flags: ["quiet"],
    offers: "recipes",
    load: async () => (await import("./commands/init.ts")).init,
  },
  {
    name: "recipes",
    says: "Lists the bundled recipes.",
    examples: ["recipes", "recipes --json"],
    flags: ["json"],
    load: async () => (await import("./commands/recipes.ts")).recipes,
  },
  {
    name: "chat",
    args: "[files...]",
    shownArgs: "[files…]",
    says: "A conversation that makes a video, and can be kept as a recipe.",
    more: ["Down a pipe each line is one message, and the first that fails ends it."],
    examples: ["chat photos/ --local", "chat --record promo.yaml"],
    flags: [
      "record",
      "session",
      "out",
      "backend",
      "local",
      "maxCredits",
      "yes",
      "again",
      "json",
      ...configured,
    ],
    offers: "files",
    load: async () => (await import("./commands/chat.ts")).chat,
  },
  {
    name: "runs",
    says: "Lists the runs of this machine, the newest first.",
    examples: ["runs", "runs --first 3 --json"],
    flags: ["first", "json", ...configured],
    load: async () => (await import("./commands/runs.ts")).runs,
  },
  {
    name: "show",
    args: "<run-or-job>",
    shownArgs: "<run or job>",
    says: "Shows a run or a job, by id or name: turns, timeline, credits, files.",
    examples: ["show promo --html promo.html", "show promo --as-recipe > again.yaml"],
    flags: ["html", "asRecipe", "claim", "json", ...configured],
    load: async () => (await import("./commands/show.ts")).show,
  },
  {
    name: "status",
    says: "Shows the jobs that run, wait, or need a decision, and the next slots.",
    examples: ["status", "status --json"],
    flags: ["json", ...configured],
    load: async () => (await import("./commands/status.ts")).status,
  },
  {
    name: "resume",
    args: "[run]",
    says: "Goes on with what was interrupted. Nothing paid is sent twice.",
    examples: ["resume", "resume run_3k9x"],
    flags: ["backend", "local", "maxCredits", "concurrency", "overwrite", "json", "quiet", ...configured],
    load: async () => (await import("./commands/resume.ts")).resume,
  },
  {
    name: "retry",
    args: "[run]",
    shownArgs: "[run, job or file]",
    says: "Makes failed jobs again, from the first step that did not succeed.",
    more: ["None named: those of the latest run with failures.", "A file: the jobs that it went into."],
    examples: ["retry", "retry inbox/beach.jpg --again"],
    flags: [
      "again",
      "backend",
      "local",
      "yes",
      "maxCredits",
      "concurrency",
      "overwrite",
      "json",
      "quiet",
      ...configured,
    ],
    offers: "files",
    load: async () => (await import("./commands/retry.ts")).retry,
  },
  {
    name: "recover",
    says: "Fetches what is paid and was never delivered. Costs nothing.",
    more: ["Exports that were blocked or timed out, renders never fetched, links expired."],
    examples: ["recover", "recover --json"],
    flags: ["backend", "local", "concurrency", "overwrite", "json", "quiet", ...configured],
    load: async () => (await import("./commands/recover.ts")).recover,
  },
  {
    name: "resolve",
    args: "<job>",
    says: "Decides a parked job: nobody can know whether its turn ran.",
    more: ["Without a flag it asks on a terminal. Sends nothing itself: resume then goes on."],
    examples: ["resolve promo", "resolve job_3k9x --adopt"],
    flags: ["adopt", "resend", "drop", "quiet", ...configured],
    load: async () => (await import("./commands/resolve.ts")).resolve,
  },
  {
    name: "cancel",
    args: "<run-or-job>",
    shownArgs: "<run or job>",
    says: "Stops a run or a job before its next turn, in any process.",
    more: ["A turn that is running cannot be unpaid. What is paid is kept."],
    examples: ["cancel promo", "cancel run_3k9x"],
    flags: ["quiet", ...configured],
    load: async () => (await import("./commands/cancel.ts")).cancel,
  },
  {
    name: "credits",
    says: "Shows the balance of the account: available, frozen, total.",
    examples: ["credits", "credits --json"],
    flags: ["backend", "local", "json", ...configured],
    load: async () => (await import("./commands/credits.ts")).credits,
  },
  {
    name: "doctor",
    args: "[recipe...]",
    shownArgs: "[recipe…]",
    says: "Checks this machine and the service, and says what to do.",
    more: ["Recipes: whom they tell, besides those that the config names."],
    examples: ["doctor --config", "doctor promo.yaml --notify"],
    offers: "files",
    flags: ["showConfig", "notify", "backend", "local", "json", "stateDir", "profile"],
    load: async () => (await import("./commands/doctor.ts")).doctor,
  },
  {
    name: "schema",
    args: "[of]",
    shownArgs: "[recipe|config|event]",
    says: "Prints the JSON Schema of recipes, config or --json events.",
    examples: ["schema > recipe.schema.json", "schema config"],
    flags: [],
    offers: ["recipe", "config", "event"],
    load: async () => (await import("./commands/schema.ts")).schema,
  },
  {
    name: "emulator",
    says: "Serves the local backend on this machine until Ctrl-C.",
    more: ["Then its accounts, sessions and videos are gone, unless --state-dir keeps them."],
    examples: ["emulator --port 8787 --state-dir emulated", "emulator --fault 'late%20;seed=7'"],
    flags: ["port", "fault", "listFaults", "json", "stateDir"],
    load: async () => (await import("./commands/emulator.ts")).emulator,
  },
  {
    name: "completion",
    args: "<shell>",
    shownArgs: "<bash|zsh|fish>",
    says: "Prints a completion script for the shell.",
    examples: ["completion bash >> ~/.bashrc", "completion fish | source"],
    flags: [],
    offers: ["bash", "zsh", "fish"],
    load: async () => (await import("./commands/completion.ts")).completion,
  },
];
