import type { CommandSpec } from "../command-spec.ts";
import { configured, where } from "./flag-lists.ts";

/** How a recipe comes to be. */
export const beginningCommands: readonly CommandSpec[] = [
  {
    name: "init",
    args: "[names...]",
    shownArgs: "[bundled] [file]",
    says: "Writes a commented recipe to begin with. Never replaces a file.",
    examples: ["init", "init image-video promo.yaml"],
    flags: ["quiet"],
    offers: "recipes",
    load: async () => (await import("../../commands/init.ts")).init,
  },
  {
    name: "recipes",
    says: "Lists the bundled recipes.",
    examples: ["recipes", "recipes --json"],
    flags: ["json"],
    load: async () => (await import("../../commands/recipes.ts")).recipes,
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
      "skill",
      "out",
      ...where,
      "maxCredits",
      "yes",
      "again",
      "json",
      ...configured,
    ],
    offers: "files",
    load: async () => (await import("../../commands/chat.ts")).chat,
  },
];
