import type { CommandSpec } from "../command-spec.ts";
import { configured } from "./flag-lists.ts";

/** What was made, and how it stands. */
export const lookingCommands: readonly CommandSpec[] = [
  {
    name: "runs",
    says: "Lists the runs of this machine, the newest first.",
    examples: ["runs", "runs --first 3 --json"],
    flags: ["first", "json", ...configured],
    load: async () => (await import("../../commands/runs.ts")).runs,
  },
  {
    name: "show",
    args: "[run-or-job]",
    shownArgs: "<run, job or session>",
    says: "Shows a run or a job, by id or name: turns, timeline, credits, files.",
    more: ["On a terminal none means the newest run."],
    examples: ["show promo --html promo.html", "show promo --as-recipe > again.yaml"],
    flags: ["html", "asRecipe", "claim", "json", ...configured],
    load: async () => (await import("../../commands/show.ts")).show,
  },
  {
    name: "status",
    says: "Shows jobs that run, wait or need a decision, and the next slots.",
    examples: ["status", "status --json"],
    flags: ["json", ...configured],
    load: async () => (await import("../../commands/status.ts")).status,
  },
];
