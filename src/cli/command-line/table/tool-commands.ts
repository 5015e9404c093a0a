import type { CommandSpec } from "../command-spec.ts";
import { configured, where } from "./flag-lists.ts";

/** The account, the machine, the shell, and the local backend. */
export const toolCommands: readonly CommandSpec[] = [
  {
    name: "credits",
    says: "Shows the balance of the account: available, frozen, total.",
    examples: ["credits", "credits --json"],
    flags: [...where, "json", ...configured],
    load: async () => (await import("../../commands/credits.ts")).credits,
  },
  {
    name: "doctor",
    args: "[recipe...]",
    shownArgs: "[recipe…]",
    says: "Checks this machine and the service, and says what to do.",
    more: ["Recipes: whom they tell, besides those that the config names."],
    examples: ["doctor --config", "doctor promo.yaml --notify"],
    offers: "files",
    flags: ["showConfig", "notify", ...where, "json", "stateDir", "profile"],
    load: async () => (await import("../../commands/doctor.ts")).doctor,
  },
  {
    name: "schema",
    args: "[of]",
    shownArgs: "[recipe|config|event]",
    says: "Prints the JSON Schema of recipes, config or --json events.",
    examples: ["schema > recipe.schema.json", "schema config"],
    flags: [],
    offers: ["recipe", "config", "event"],
    load: async () => (await import("../../commands/schema.ts")).schema,
  },
  {
    name: "emulator",
    says: "Serves the local backend on this machine until Ctrl-C.",
    more: ["Then its accounts, sessions and videos are gone, unless --state-dir keeps them."],
    examples: ["emulator --port 8787 --state-dir emulated", "emulator --fault 'late%20;seed=7'"],
    flags: ["port", "fault", "listFaults", "json", "stateDir"],
    load: async () => (await import("../../commands/emulator.ts")).emulator,
  },
  {
    name: "completion",
    args: "<shell>",
    shownArgs: "<bash|zsh|fish>",
    says: "Prints a completion script for the shell.",
    examples: ["completion bash >> ~/.bashrc", "completion fish | source"],
    flags: [],
    offers: ["bash", "zsh", "fish"],
    load: async () => (await import("../../commands/completion.ts")).completion,
  },
];
