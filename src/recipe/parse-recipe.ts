// recipe/: Turns YAML text into a Recipe, or into a list of Problems with line, column and hint.
import { slug } from "../base/slug.ts";
import { buildRecipe } from "./build-recipe.ts";
import { checkData } from "./check-data.ts";
import { checkTemplates } from "./check-templates.ts";
import { knownSkills as ownSkills } from "./known-skills.ts";
import { mergeChain } from "./merge.ts";
import type { MapNode, Node } from "./node.ts";
import type { Overrides } from "./overrides.ts";
import { override } from "./overrides.ts";
import type { Problem } from "./problem.ts";
import { promptTraps } from "./prompt-traps.ts";
import { readYaml } from "./read-yaml.ts";
import type { Recipe } from "./recipe.ts";
import type { RecipeData } from "./schema/whole-recipe.ts";
import { recipeSchema } from "./schema/whole-recipe.ts";
import { shapeProblems } from "./shape-problems.ts";
import type { RecipeText } from "./source.ts";
import { lineAfter, problemAt, sourceOf } from "./source.ts";
import { toValue } from "./to-value.ts";
import { withSpace } from "./with-space.ts";

export type { RecipeText } from "./source.ts";

export interface ParseContext {
  /** Slug → version; the five published ones where absent. */
  readonly knownSkills?: Readonly<Record<string, string>>;
  /** What the command line says in place of the recipe. */
  readonly overrides?: Overrides;
  /** Name of a recipe that says none; the file's stem where absent. */
  readonly defaultName?: string;
}

export interface ParsedRecipe {
  /** Absent where a problem is an error. */
  readonly recipe?: Recipe;
  readonly problems: readonly Problem[];
}

/**
 * Reads a recipe: `sources[0]` is the one that runs, then what it extends, in order. All problems come in one go, in
 * the order of the text. Never throws on what stands in the text.
 */
export function parseRecipe(sources: readonly RecipeText[], context: ParseContext = {}): ParsedRecipe {
  const trees = sources.map((text) => readYaml(sourceOf(text)));
  const problems = trees.flatMap((tree) => tree.problems);
  const roots = trees.flatMap(({ root }) => (root === undefined ? [] : [root]));
  const [main] = sources;
  if (main === undefined || roots.length < sources.length) return { problems };
  for (const root of roots) problems.push(...notAMap(root));
  if (problems.some(isError)) return { problems: sorted(problems, sources) };
  const { root: merged, problems: mergeProblems } = mergeChain(roots);
  problems.push(...mergeProblems);
  if (merged?.kind !== "map") return { problems };
  const root = override(merged, context.overrides);
  const { data, broken, problems: shapes } = readShape(root);
  const skills = context.knownSkills ?? ownSkills;
  const traps = promptTraps(root);
  problems.push(...traps, ...withoutEchoes(shapes, traps));
  problems.push(...checkTemplates(root), ...checkData({ data, broken, root, skills }));
  if (problems.some(isError)) return { problems: sorted(problems, sources) };
  const { file, dir } = main;
  const name = context.defaultName ?? nameFrom(file);
  return {
    recipe: buildRecipe(data, { root, file, dir, name, skills }),
    problems: sorted(problems, sources),
  };
}

/** The mistakes that no trap explains better. */
function withoutEchoes(shapes: readonly Problem[], traps: readonly Problem[]): Problem[] {
  const byLine = Map.groupBy(traps, ({ place }) => place?.line);
  return shapes.filter((shape) => !byLine.get(shape.place?.line)?.some((trap) => covers(trap, shape)));
}

/** True where a trap explains a mistake of the same text. */
function covers({ place: trap }: Problem, { place }: Problem): boolean {
  if (trap === undefined || place === undefined || trap.file !== place.file || trap.line !== place.line)
    return false;
  return place.column >= trap.column && place.column < trap.column + (trap.length ?? 1);
}

const isError = (problem: Problem): boolean => problem.severity === "error";

function notAMap(root: Node): Problem[] {
  if (root.kind === "map") return [];
  const meant = root.kind === "scalar" ? withSpace(lineAfter(root.source, root.start)) : undefined;
  const hint =
    meant === undefined
      ? "the smallest recipe is one line: prompts: make a 10-second video of a sunset"
      : `a key is followed by a colon and a space: \`${meant}\``;
  return [
    problemAt(root, { code: "wrong-type", message: "a recipe is a map of fields such as `prompts`", hint }),
  ];
}

interface Shape {
  readonly data: RecipeData;
  /** Fields of the recipe that are left out of the data because they have problems of their own. */
  readonly broken: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Checks the tree against the schema. Fields without mistakes are read even where others have some. */
function readShape(root: MapNode): Shape {
  const value = toValue(root) as Record<string, unknown>;
  const first = recipeSchema.safeParse(value);
  if (first.success) return { data: first.data, broken: new Set(), problems: [] };
  const { issues } = first.error;
  const broken = new Set(
    issues.flatMap((issue) =>
      issue.path.length === 0 && "keys" in issue ? issue.keys : [String(issue.path[0])],
    ),
  );
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !broken.has(key)));
  return { data: recipeSchema.parse(rest), broken, problems: shapeProblems(root, issues) };
}

/** `Spring Promo.yaml` → `spring-promo`. */
function nameFrom(file: string): string {
  const stem = (file.split(/[\\/]/).at(-1) ?? "").replace(/\.[^.]*$/, "");
  const name = slug(stem)
    .replace(/[^a-z0-9-]/g, "")
    .replace(/^-+/, "")
    .slice(0, 63);
  return name === "" ? "recipe" : name;
}

/** In the order of the files and lines; the first of several with one place and code. */
function sorted(problems: readonly Problem[], sources: readonly RecipeText[]): Problem[] {
  const order = new Map(sources.map(({ file }, index) => [file, index]));
  const key = ({ place }: Problem): [number, number, number] => [
    order.get(place?.file ?? "") ?? -1,
    place?.line ?? 0,
    place?.column ?? 0,
  ];
  return problems.toSorted((left, right) => {
    const [a, b] = [key(left), key(right)];
    return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  });
}
