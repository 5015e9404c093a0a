import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { listBundled } from "../../src/files/find-recipe.ts";
import type { LoadedRecipe, LoadRequest } from "../../src/files/load-recipe.ts";
import { loadRecipe } from "../../src/files/load-recipe.ts";
import { tempDir } from "../support/temp-dir.ts";

let root: string;
let here: string;
let bundledDir: string;

beforeEach(() => {
  root = tempDir();
  here = join(root, "here");
  bundledDir = join(root, "bundled");
  write("bundled/slideshow.yaml", "name: slideshow\ninputs: '*.jpg'\nprompts: make a slideshow");
  write("bundled/reel.yaml", "extends: slideshow.yaml\nprompts: [..., make it tall]");
  mkdirSync(here, { recursive: true });
});

function write(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const load = (argument?: string, more: Partial<LoadRequest> = {}): Promise<LoadedRecipe> =>
  loadRecipe({ argument, cwd: here, bundledDir, ...more });

async function problemOf(argument?: string, more?: Partial<LoadRequest>): Promise<string> {
  const { recipe, problems } = await load(argument, more);
  expect(recipe).toBeUndefined();
  expect(problems.length).toBe(1);
  const [{ code, message, hint, place } = { code: "", message: "" }] = problems;
  return `${place === undefined ? "" : `${place.file}:${place.line}:${place.column}: `}${code}: ${message} | ${hint ?? ""}`;
}

describe("a recipe is found", () => {
  test("as recipe.yaml here", async () => {
    write("here/recipe.yaml", "prompts: a");
    expect((await load()).recipe).toMatchObject({ name: "recipe", file: "recipe.yaml", dir: here });
  });

  test("by its path, whose folder its inputs and outputs start from", async () => {
    write("here/deep/My Promo.yaml", "prompts: a\ninputs: x.jpg");
    const { recipe, sources } = await load("deep/My Promo.yaml");
    expect(recipe).toMatchObject({ name: "my-promo", file: "deep/My Promo.yaml", dir: join(here, "deep") });
    expect(recipe?.inputs[0]?.dir).toBe(join(here, "deep"));
    expect(sources.map(({ file }) => file)).toEqual(["deep/My Promo.yaml"]);
    expect((await load(join(here, "deep/My Promo.yaml"))).recipe?.dir).toBe(join(here, "deep"));
  });

  test("by a bundled recipe's name, working here", async () => {
    expect((await load("slideshow")).recipe).toMatchObject({
      name: "slideshow",
      file: "slideshow.yaml",
      dir: here,
    });
    const { recipe, problems } = await load("reel");
    expect(problems).toEqual([]);
    expect(recipe).toMatchObject({ name: "reel", dir: here, inputs: [{ dir: here }] });
    expect(recipe?.prompts.map(({ prompt }) => prompt)).toEqual(["make a slideshow", "make it tall"]);
  });

  test("a file here goes before a bundled recipe", async () => {
    write("here/slideshow", "prompts: mine");
    expect((await load("slideshow")).recipe?.prompts[0]?.prompt).toBe("mine");
  });

  test("on standard input, working here", async () => {
    const readStdin = async (): Promise<string> => "prompts: a\nextends: slideshow";
    const { recipe } = await load("-", { readStdin });
    expect(recipe).toMatchObject({
      name: "recipe",
      file: "-",
      dir: here,
      inputs: [{ path: "*.jpg", dir: here }],
    });
  });

  test("in nothing but prompts", async () => {
    const { recipe } = await load(undefined, { overrides: { prompts: ["one", "two # 2"], dir: here } });
    expect(recipe).toMatchObject({
      name: "prompt",
      dir: here,
      prompts: [{ prompt: "one" }, { prompt: "two # 2" }],
    });
  });

  test("listBundled names them", async () => {
    expect(await listBundled(bundledDir)).toEqual(["reel", "slideshow"]);
    expect(await listBundled(join(root, "nowhere"))).toEqual([]);
  });
});

describe("what the command line says goes before the recipe", () => {
  test("prompts and inputs", async () => {
    write("here/deep/a.yaml", "prompts: make it #1\ninputs: x.jpg\nparams: { n: 3 }");
    const overrides = {
      prompts: ["make ${{ params.n }}"],
      inputs: ["y.jpg", "https://x.y/z.mp4"],
      dir: here,
    };
    const { recipe, problems } = await load("deep/a.yaml", { overrides });
    expect(problems).toEqual([]);
    expect(recipe?.prompts).toMatchObject([{ prompt: { template: "make ${{ params.n }}" } }]);
    expect(recipe?.inputs).toMatchObject([{ path: "y.jpg", dir: here }, { url: "https://x.y/z.mp4" }]);
    expect(recipe?.dir).toBe(join(here, "deep"));
  });

  test("a mistake in a prompt is shown in it", async () => {
    const overrides = { prompts: ["make ${{ params.n }}"], dir: here };
    expect(await problemOf(undefined, { overrides })).toContain(
      "--prompt:1:17: template-name: there is no `params.n`",
    );
  });

  test("a folder to watch makes a watch", async () => {
    write("here/a.yaml", "prompts: make ${{ input.stem }}");
    const { recipe } = await load("a.yaml", { overrides: { folder: "/inbox", dir: here } });
    expect(recipe?.watch).toMatchObject({ folder: "/inbox", group: "file" });
  });
});

describe("a recipe that extends others", () => {
  test("is merged over them, each with its own folder", async () => {
    write("here/a.yaml", "extends: lib/b.yaml\nassets: [..., own.png]");
    write("here/lib/b.yaml", "extends: ../c.yaml\nassets: logo.png");
    write("here/c.yaml", "prompts: c");
    const { recipe, problems, sources } = await load("a.yaml");
    expect(problems).toEqual([]);
    expect(sources.map(({ file }) => file)).toEqual(["a.yaml", join("lib", "b.yaml"), "c.yaml"]);
    expect(recipe?.assets.map(({ path, dir }) => [path, dir])).toEqual([
      ["logo.png", join(here, "lib")],
      ["own.png", here],
    ]);
  });

  test("takes a bundled one by name", async () => {
    write("here/deep/a.yaml", "extends: reel\nconcurrency: 5");
    const { recipe } = await load("deep/a.yaml");
    expect(recipe).toMatchObject({
      name: "a",
      concurrency: 5,
      dir: join(here, "deep"),
      inputs: [{ dir: here }],
    });
  });

  test("may choose it by a parameter", async () => {
    write("here/a.yaml", "extends: base-${{ params.kind }}.yaml\nparams: { kind: calm }");
    write("here/base-calm.yaml", "prompts: calm");
    write("here/base-loud.yaml", "prompts: loud");
    expect((await load("a.yaml")).recipe?.prompts[0]?.prompt).toBe("calm");
    expect((await load("a.yaml", { params: { kind: "loud" } })).recipe?.prompts[0]?.prompt).toBe("loud");
    expect(await problemOf("a.yaml", { params: { kind: "x" } })).toContain(
      "extends-missing: there is no recipe base-x.yaml",
    );
  });

  test.each([
    [
      "prompts: a\nextends: a.yaml",
      "a.yaml:2:10: extends-cycle: recipes extend each other in a circle: a.yaml → a.yaml",
    ],
    [
      "extends: b.yaml",
      "c.yaml:1:10: extends-cycle: recipes extend each other in a circle: a.yaml → b.yaml → c.yaml → a.yaml",
    ],
    ["extends: d.yaml", "c.yaml:1:10: extends-cycle"],
    ["extends: gone.yaml", "a.yaml:1:10: extends-missing: there is no recipe gone.yaml to extend"],
    ["extends: bb.yaml", "did you mean b.yaml?"],
    ["extends: slideshw", "did you mean slideshow?"],
    ["extends: ${{ params.x }}.yaml", "template-value: `params.x` has no value here"],
    ["extends: .", "is a folder, not a recipe"],
  ])("%j", async (text, said) => {
    write("here/a.yaml", text);
    write("here/b.yaml", "extends: c.yaml");
    write("here/c.yaml", "extends: ./a.yaml");
    symlinkSync(join(here, "b.yaml"), join(here, "d.yaml"));
    expect(await problemOf("a.yaml")).toContain(said);
  });

  test("shows a mistake in the file that makes it", async () => {
    write("here/a.yaml", "extends: lib/b.yaml\nprompts: a");
    write("here/lib/b.yaml", "budgte: 3");
    expect(await problemOf("a.yaml")).toContain(`${join("lib", "b.yaml")}:1:1: unknown-key`);
    write("here/lib/b.yaml", "budget: [");
    expect(await problemOf("a.yaml")).toContain(`${join("lib", "b.yaml")}:1:9: yaml-syntax`);
  });

  test("lies over what the config file says", async () => {
    write("here/a.yaml", "prompts: a\nretry: { attempts: 9 }");
    const { recipe } = await load("a.yaml", {
      base: '{"retry":{"attempts":5,"delay":"1s"},"poll":{"state":"3s"}}',
    });
    expect(recipe).toMatchObject({
      retry: { attempts: 9, delayMs: 1000, maxDelayMs: 60_000 },
      poll: { stateMs: 3000 },
    });
  });
});

describe("a file that is no recipe", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["empty.yaml", "", "empty.yaml:1:1: empty-recipe: the recipe is empty"],
    ["big.yaml", `prompts: ${"a".repeat(70_000)}`, "too-large: big.yaml is larger than 64 KiB"],
    ["latin.yaml", Uint8Array.from([0x61, 0x3a, 0x20, 0xe9]), "not-utf-8: latin.yaml is not UTF-8 text"],
    [
      "utf16.yaml",
      Uint8Array.from([0xff, 0xfe, 0x61, 0]),
      "not-utf-8: utf16.yaml is UTF-16 text | save it as UTF-8",
    ],
    ["nul.yaml", "prompts: a\0", "nul.yaml:1:11: not-utf-8"],
    [
      "photo.jpg",
      Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]),
      "not-utf-8: photo.jpg is no recipe but a picture",
    ],
  ])("%s", async (name, content, said) => {
    write(`here/${name}`, content);
    expect(await problemOf(name)).toContain(said);
  });

  test("a byte order mark is fine", async () => {
    write("here/a.yaml", "\uFEFFprompts: a");
    expect((await load("a.yaml")).recipe?.prompts[0]?.prompt).toBe("a");
  });

  test.each([
    [undefined, "not-found: there is no recipe recipe.yaml"],
    ["promo.yml", "did you mean promo.yaml?"],
    ["promo", "did you mean promo.yaml?"],
    ["deep/promo.yml", "there is no recipe deep/promo.yml"],
    [
      "slidshow",
      "there is no recipe slidshow, neither here nor among the bundled ones | did you mean slideshow?",
    ],
    ["zzz", "`nemo-recipe recipes` lists the bundled ones"],
    ["../bundled/slideshow", "did you mean ../bundled/slideshow.yaml?"],
    ["promo.yaml/x", "there is no recipe promo.yaml/x"],
    ["x".repeat(5000), "not-found"],
    [".", "unreadable: . is a folder, not a recipe"],
    ["a\0b", "unreadable"],
  ])("%j", async (argument, said) => {
    write("here/promo.yaml", "prompts: a");
    expect(await problemOf(argument)).toContain(said);
  });

  test("one that cannot be read", async () => {
    symlinkSync(join(here, "round.yaml"), join(here, "round.yaml"));
    expect(await problemOf("round.yaml")).toContain("unreadable: round.yaml cannot be read (ELOOP)");
  });
});
