import { httpUrl } from "../../base/http-url.ts";
import type { ConfigNotification } from "../../config/config.ts";
import { addressSecrets } from "../../notify/address-secrets.ts";
import type { About, Listener } from "../../notify/notifier.ts";
import type { Addressee, MessageShape } from "../../notify/addressee.ts";
import { runTime } from "../../plan/run-time.ts";
import { expandTemplates } from "../../recipe/expand-templates.ts";
import { isTemplate } from "../../recipe/template.ts";
import { namesRoot } from "../../recipe/names-root.ts";
import type { Notification, Recipe } from "../../recipe/recipe.ts";
import type { Call } from "../call.ts";
import { machineZone } from "../machine-zone.ts";
import type { SlotFacts } from "../make-plan.ts";
import type { Audience } from "./audience.ts";
import { runParams } from "./run-params.ts";

const shapes: readonly MessageShape[] = ["webhook", "slack", "discord"];

/** Whom the recipes name, and for recipes that name nobody, whom the config names. */
export function listenersOf({ config, recipes, slot }: Audience, call: Call): Listener[] {
  const own = new Set(recipes.filter(({ notify }) => notify.length > 0).map(({ name }) => name));
  return [
    ...recipes.flatMap((recipe) => recipe.notify.map((entry) => ofRecipe(entry, { recipe, slot, call }))),
    ...config.notify.map((entry) => ofConfig(entry, { own, call })),
  ];
}

interface RecipeContext {
  readonly recipe: Recipe;
  readonly slot: SlotFacts | undefined;
  readonly call: Call;
}

function ofRecipe(entry: Notification, context: RecipeContext): Listener {
  const { recipe, call } = context;
  const kind = kindOf(entry);
  return {
    on: entry.on,
    hears: (name) => name === recipe.name,
    jobByJob: templatesOf(entry).some((template) => namesRoot(template, "job")),
    name: `${kind === "command" ? "the command" : kind} of ${recipe.file}:${entry.place.line}`,
    addressee: (about) => {
      const { place: _, on: __, ...target } = entry;
      const { value, problems } = expandTemplates(target, scopeOf(about, context));
      const [problem] = problems;
      if (problem !== undefined) return problem.message;
      return addresseeOf(value as ConfigNotification, recipe.dir, call);
    },
  };
}

const templatesOf = ({
  webhook,
  slack,
  discord,
  command = [],
}: Notification): Parameters<typeof namesRoot>[0][] =>
  [webhook, slack, discord, ...command].filter((value) => isTemplate(value));

function scopeOf({ runId, startedAtMs, job }: About, { recipe, slot, call }: RecipeContext): object {
  const { env } = call.io;
  const time = runTime(slot?.atMs ?? startedAtMs, slot?.timezone ?? machineZone());
  return {
    params: runParams(recipe, { flags: call.flags, env, ...(slot !== undefined && { entry: slot.params }) }),
    recipe: { name: recipe.name, dir: recipe.dir },
    run: { id: runId, date: time.date, time: time.time, slot: time.instant },
    env: Object.fromEntries(
      recipe.env.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
    ),
    job: job ?? { name: recipe.name, index: 1, total: 1 },
  };
}

function ofConfig(
  entry: ConfigNotification,
  { own, call }: { readonly own: ReadonlySet<string>; readonly call: Call },
): Listener {
  const kind = kindOf(entry);
  return {
    on: entry.on,
    hears: (name) => !own.has(name),
    jobByJob: false,
    name: `${kind === "command" ? "the command" : kind} of the config`,
    addressee: () => {
      const { io, secrets } = call;
      const names = textsOf(entry).flatMap((text) =>
        [...text.matchAll(variable)].map(([, name = ""]) => name),
      );
      const missing = names.find((name) => io.env[name] === undefined);
      if (missing !== undefined) return `the environment variable ${missing} is not set`;
      secrets.add(...names.map((name) => io.env[name]));
      return addresseeOf(revealed(entry, io.env), io.cwd, call);
    },
  };
}

/** In the config nothing but the environment is known. */
const variable = /\$\{\{\s*env\.([A-Za-z_]\w*)\s*\}\}/g;

const textsOf = ({ webhook, slack, discord, command = [] }: ConfigNotification): string[] =>
  [webhook, slack, discord, ...command].filter((text) => text !== undefined);

function revealed(entry: ConfigNotification, env: Call["io"]["env"]): ConfigNotification {
  const reveal = (text: string): string =>
    text.replace(variable, (whole, name: string) => env[name] ?? whole);
  const { command, on } = entry;
  const addresses = shapes.flatMap((shape) =>
    entry[shape] === undefined ? [] : [[shape, reveal(entry[shape])]],
  );
  return {
    on,
    ...Object.fromEntries(addresses),
    ...(command !== undefined && { command: command.map(reveal) }),
  };
}

function kindOf(entry: Notification | ConfigNotification): Addressee["kind"] {
  return shapes.find((shape) => entry[shape] !== undefined) ?? "command";
}

/** Every template in it has its value. */
function addresseeOf(
  entry: Omit<ConfigNotification, "on">,
  cwd: string,
  { secrets }: Call,
): Addressee | string {
  const { command: [program, ...args] = [] } = entry;
  if (program !== undefined) return { kind: "command", command: [program, ...args], cwd };
  const kind = shapes.find((shape) => entry[shape] !== undefined) ?? "webhook";
  const address = entry[kind] ?? "";
  secrets.add(...addressSecrets(address));
  const url = httpUrl(address);
  return url === undefined ? "its address does not begin with https:// or http://" : { kind, url };
}
