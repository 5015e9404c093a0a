import { finishParam } from "./check-params.ts";
import type { MapNode, Node } from "./node.ts";
import { child, items } from "./node.ts";
import type { Place } from "./problem.ts";
import type {
  Export,
  Input,
  LateInput,
  Notification,
  Prompt,
  Recipe,
  Refinement,
  ScheduleEntry,
  Variant,
} from "./recipe.ts";
import type { ExportData } from "./schema/export-schema.ts";
import type { InputData } from "./schema/input-schema.ts";
import type { LateInputData } from "./schema/late-input-schema.ts";
import type { RefinementData } from "./schema/turn-schemas.ts";
import type { RecipeData } from "./schema/whole-recipe.ts";
import { placeOf } from "./source.ts";

export interface BuildContext {
  readonly root: MapNode;
  /** The recipe that runs. */
  readonly file: string;
  readonly dir: string;
  readonly name: string;
  readonly skills: Readonly<Record<string, string>>;
}

/** A checked recipe's data with places and folders, as the rest of the program knows it. */
export function buildRecipe(data: RecipeData, context: BuildContext): Recipe {
  const { root, file, dir, skills } = context;
  const { name = context.name, skill, retry, timeouts, poll } = data;
  return {
    ...(data.description !== undefined && { description: data.description }),
    ...(data.language !== undefined && { language: data.language }),
    ...(data.expect !== undefined && { expect: data.expect }),
    ...(data.review !== false && { review: data.review }),
    ...buildRows(data, root),
    ...buildWatch(data, root),
    name,
    file,
    dir,
    skill: { name: skill.name, version: skill.version ?? skills[skill.name] ?? "" },
    env: data.env,
    params: buildParams(data, root),
    assets: withNodes(data.assets, child(root, "assets")).map(buildInput),
    inputs: withNodes(data.inputs, child(root, "inputs")).map(buildInput),
    batch: data.batch,
    matrix: data.matrix,
    prompts: placed<Prompt>(data.prompts, child(root, "prompts")),
    refinements: buildRefinements(data.refinements, child(root, "refinements")),
    variants: placed<Variant>(data.variants, child(root, "variants")),
    export: buildExports(data.export, child(root, "export") ?? root, root),
    preview: data.preview,
    concurrency: data.concurrency,
    budget: data.budget,
    retry: { attempts: retry.attempts, delayMs: retry.delay, maxDelayMs: retry.maxDelay },
    timeouts: {
      turnMs: timeouts.turn,
      silenceMs: timeouts.silence,
      idleMs: timeouts.idle,
      changeMs: timeouts.change,
      renderMs: timeouts.render,
    },
    poll: {
      ...(poll.state !== undefined && { stateMs: poll.state }),
      ...(poll.render !== undefined && { renderMs: poll.render }),
    },
    schedule: buildSchedule(data, root),
    notify: placed<Notification>(data.notify, child(root, "notify")),
  };
}

interface WithNode<Item> {
  readonly item: Item;
  readonly node: Node;
}

/** Each item of a list with the node that it was written as. */
function withNodes<Item>(list: readonly Item[], node: Node | undefined): WithNode<Item>[] {
  const nodes = items(node);
  return list.flatMap((item, index) => {
    const own = nodes[index] ?? node;
    return own === undefined ? [] : [{ item, node: own }];
  });
}

function placed<Item extends { readonly place: Place }>(
  list: readonly Omit<Item, "place">[],
  node: Node | undefined,
): (Omit<Item, "place"> & { readonly place: Place })[] {
  return withNodes(list, node).map(({ item, node }) => Object.assign({}, item, { place: placeOf(node) }));
}

function buildRefinements(list: readonly RefinementData[], node: Node | undefined): Refinement[] {
  return withNodes(list, node).map(({ item: { inputs, ...rest }, node: own }) => {
    const turn = Object.assign(rest, { place: placeOf(own) });
    if (inputs === undefined) return turn;
    return Object.assign(turn, { inputs: withNodes(inputs, child(own, "inputs")).map(buildLateInput) });
  });
}

function buildLateInput({ item, node }: WithNode<LateInputData>): LateInput {
  return { ...item, dir: node.source.dir, place: placeOf(node) };
}

/** Exports that no one wrote stand where the recipe starts, and what stands there is not shown as theirs. */
function buildExports(list: readonly ExportData[], node: Node, root?: Node): Export[] {
  return withNodes(list, node).map(({ item, node }) => {
    const place = node === root ? { ...placeOf(node) } : placeOf(node);
    return Object.assign({}, item, { place });
  });
}

function buildInput({ item, node }: WithNode<InputData>): Input {
  const { prompts, refinements, export: exports, ...rest } = item;
  return {
    ...rest,
    ...(prompts !== undefined && { prompts: placed<Prompt>(prompts, child(node, "prompts")) }),
    ...(refinements !== undefined && {
      refinements: buildRefinements(refinements, child(node, "refinements")),
    }),
    ...(exports !== undefined && { export: buildExports(exports, child(node, "export") ?? node) }),
    dir: node.source.dir,
    place: placeOf(node),
  };
}

function buildParams(data: RecipeData, root: MapNode): Recipe["params"] {
  const node = child(root, "params");
  return Object.fromEntries(
    Object.entries(data.params).map(([name, param]) => {
      const { start, end, source } = (node?.kind === "map" ? node.entries.get(name)?.key : undefined) ?? root;
      return [name, { ...finishParam(param), place: placeOf({ source, start, end }) }];
    }),
  );
}

function buildRows({ rows }: RecipeData, root: MapNode): Pick<Recipe, "rows"> {
  const node = child(root, "rows");
  if (rows === undefined || node === undefined) return {};
  if (typeof rows !== "string") return { rows };
  return { rows: { path: rows, dir: node.source.dir, place: placeOf(node) } };
}

function buildWatch({ watch }: RecipeData, root: MapNode): Pick<Recipe, "watch"> {
  if (watch === undefined) return {};
  const { settle, quiet, ...rest } = watch;
  const place = placeOf(child(root, "watch") ?? root);
  return { watch: { ...rest, settleMs: settle, quietMs: quiet, place } };
}

function buildSchedule({ schedule }: RecipeData, root: MapNode): ScheduleEntry[] {
  return withNodes(schedule, child(root, "schedule")).map(({ item, node }) => {
    const { within, jitter, ...rest } = item;
    const place = placeOf(child(node, "cron") ?? node);
    return Object.assign(rest, { withinMs: within, jitterMs: jitter, place });
  });
}
