import type { CommandSpec } from "../command-spec.ts";
import { told, unattended } from "./flag-lists.ts";

const ofRecipes = {
  args: "[recipe...]",
  shownArgs: "[recipe…]",
  offers: "recipes and files",
} as const;

/** What makes videos by itself: of what folders bring, and at times. */
export const lastingCommands: readonly CommandSpec[] = [
  {
    name: "watch",
    ...ofRecipes,
    says: "Makes videos of what a folder brings, until stopped.",
    more: ["A file is known by its bytes, and makes one video.", "Against a paid service it needs a budget."],
    examples: ["watch clips.yaml --folder inbox --local", "watch clips.yaml --once --max-credits 300"],
    flags: ["folder", "once", "param", ...unattended, ...told],
    load: async () => (await import("../../commands/watch.ts")).watch,
  },
  {
    name: "schedule",
    ...ofRecipes,
    says: "Runs recipes at the times that they name, until stopped.",
    more: ["Each slot starts once, whoever asks. Against a paid service it needs a budget."],
    examples: ["schedule promo.yaml --next 10", "schedule promo.yaml --max-credits 300"],
    flags: ["param", ...unattended, "next", ...told],
    load: async () => (await import("../../commands/schedule.ts")).schedule,
  },
  {
    name: "tick",
    ...ofRecipes,
    says: "Starts the slots that are due, waits for them, ends: for cron and CI.",
    more: ["Keep --state-dir between runs: a lost journal pays again."],
    examples: ["tick promo.yaml", "tick promo.yaml --state-dir .nemo --max-credits 300"],
    flags: ["param", ...unattended, "newState", ...told],
    load: async () => (await import("../../commands/tick.ts")).tick,
  },
  {
    name: "up",
    says: "Watches and schedules all that the config names, until stopped.",
    more: [
      "up: [recipes/promo.yaml] in nemo-recipe.config.yaml. What changes is read again.",
      "A SIGHUP reads all again. Against a paid service it needs a budget.",
    ],
    examples: ["up --local", "up --max-credits 300 --health"],
    flags: [...unattended, "health", ...told],
    load: async () => (await import("../../commands/up.ts")).up,
  },
];
