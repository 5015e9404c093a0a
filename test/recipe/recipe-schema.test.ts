import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { recipeJsonSchema } from "../../src/recipe/recipe-schema.ts";

const schema = recipeJsonSchema();
const accepts = z.fromJSONSchema(schema);
const takes = (yaml: string): boolean => accepts.safeParse(parse(yaml)).success;

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly anyOf?: readonly Shape[];
  readonly $defs?: Readonly<Record<string, Shape>>;
  readonly $ref?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly additionalProperties?: unknown;
}

describe("an editor takes what nemo-recipe takes", () => {
  const root = join(import.meta.dirname, "../..");
  const files = ["recipes", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => join(folder, name)),
  );

  test.each(files)("%s", (file) => {
    expect(takes(readFileSync(join(root, file), "utf8"))).toBe(true);
  });

  test.each([
    "prompts: a",
    "prompts: [a, { prompt: b, name: c }]",
    "prompts: { prompt: a }",
    "refinements: { prompt: a, unless: { duration: '${{ params.n }}s', width: 5, tracks: { video: 1.. } }, atMost: '${{ params.n }}' }",
    "inputs: a",
    "inputs: [a, ..., { url: 'https://x.y', since: last-run }]",
    "skill: image-video",
    "skill: { name: a, version: '1' }",
    "budget: 300",
    "budget: { perDay: 5 }",
    "params: { a: 1, b: x, c: true, d: { type: integer, default: 5 } }",
    "export: { format: gif }",
    "export: [{ format: '${{ params.f }}' }, ...]",
    "concurrency: ${{ params.n }}",
    "rows: a.csv",
    "rows: [{ a: 1 }]",
    "matrix: { a: [1, b], c: d }",
    "watch: { folder: in, poll: 5s, include: '*.jpg' }",
    "schedule: { cron: '@daily' }",
    "notify: { on: failed, command: [a, b] }",
    "expect: { duration: 14s..16s, aspect: '16:9' }",
  ])("%s", (yaml) => {
    expect(takes(yaml)).toBe(true);
  });

  test.each([
    "prompt: a",
    "prompts: 5",
    "prompts: [{ promt: a }]",
    "export: { format: mp5 }",
    "concurrency: two",
    "timeouts: { turn: 15 }",
    "timeouts: { turn: soon }",
    "expect: { duration: 15 }",
    "expect: { width: wide }",
    "batch: all",
    "budget: -1",
    "variants: [{ prompt: a }]",
    "schedule: [{ timezone: UTC }]",
    "name: My Promo",
  ])("but not %s", (yaml) => {
    expect(takes(yaml)).toBe(false);
  });
});

describe("an editor explains", () => {
  const lost = new Set<string>();
  const visit = (shape: Shape, name: string): void => {
    for (const [key, field] of Object.entries(shape.properties ?? {})) {
      const own = field.$ref === undefined ? field : schemaOf(field.$ref);
      const said = [own, ...(own.anyOf ?? [])].some(({ description }) => description !== undefined);
      if (!said) lost.add(`${name}.${key}`);
      visit(field, `${name}.${key}`);
    }
    for (const option of shape.anyOf ?? []) visit(option, name);
  };
  const schemaOf = (ref: string): Shape => (schema as Shape).$defs?.[ref.replace("#/$defs/", "")] ?? {};

  test("every field", () => {
    visit(schema as Shape, "recipe");
    for (const [name, shape] of Object.entries((schema as Shape).$defs ?? {})) visit(shape, name);
    expect([...lost]).toEqual([]);
  });

  test("the defaults, as they are written", () => {
    const { properties = {} } = schema as Shape;
    expect(properties["batch"]?.default).toBe("together");
    expect(properties["concurrency"]?.default).toBe(2);
    expect(properties["skill"]?.default).toBe("image-video");
    expect(properties["timeouts"]?.properties?.["turn"]?.default).toBe("15m");
    expect(properties["retry"]?.properties?.["maxDelay"]?.default).toBe("60s");
    expect(properties["watch"]?.properties?.["settle"]?.default).toBe("2s");
  });

  test("that there are no other fields", () => {
    expect((schema as Shape).additionalProperties).toBe(false);
  });
});

test("the schema in the package is this one", () => {
  const file = join(import.meta.dirname, "../../schemas/recipe.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(schema)));
});
