import type { CommandSpec } from "../command-spec.ts";
import type { FlagName } from "../flags.ts";
import { told, where } from "./flag-lists.ts";

const recipesAndFiles = {
  args: "[recipe...]",
  shownArgs: "[recipe…] [files or folders…]",
  offers: "recipes and files",
} as const;

/** What is made, where, and what it may cost. */
const order: readonly FlagName[] = [
  "param",
  "input",
  "prompt",
  "out",
  "only",
  "first",
  "concurrency",
  ...where,
  "maxCredits",
  "yes",
  "again",
  "overwrite",
  "preview",
];

/** What makes videos once. */
export const makingCommands: readonly CommandSpec[] = [
  {
    name: "run",
    ...recipesAndFiles,
    says: "Makes the videos of recipes, and prints the path of each.",
    more: ["A recipe is a file, - for standard input, or a bundled name.", "None means recipe.yaml here."],
    examples: ["run promo.yaml --local", 'run --prompt "a 10-second sunset" photos/ -o videos'],
    flags: [...order, "dryRun", "plan", "report", ...told],
    load: async () => (await import("../../commands/run.ts")).run,
  },
  {
    name: "plan",
    ...recipesAndFiles,
    says: "Shows what run would do, and why, and what it costs. Sends nothing that costs.",
    examples: ["plan promo.yaml", "plan promo.yaml --json --save plan.json"],
    flags: [...order, "save", ...told],
    load: async () => (await import("../../commands/plan.ts")).plan,
  },
  {
    name: "validate",
    args: "[recipe...]",
    shownArgs: "[recipe…]",
    says: "Checks recipes: every problem with its place and a suggestion. No network.",
    examples: ["validate promo.yaml", "validate recipes/*.yaml --json"],
    flags: told,
    offers: "recipes and files",
    load: async () => (await import("../../commands/validate.ts")).validate,
  },
];
