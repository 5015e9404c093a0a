import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadConfig, type ConfigRequest, type LoadedConfig } from "../../src/config/load-config.ts";

let dir = "";
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "nemo-config-")));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function write(path: string, text: string): string {
  const full = join(dir, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

const load = (request: Partial<ConfigRequest> = {}): Promise<LoadedConfig> =>
  loadConfig({
    flags: {},
    env: {},
    cwd: dir,
    dir,
    userDir: join(dir, "user"),
    defaultStateDir: join(dir, "state"),
    ...request,
  });

const originOf = (loaded: LoadedConfig, key: string): string | undefined =>
  loaded.origins.find((origin) => origin.key === key)?.origin;

test("without a file the defaults hold", async () => {
  const loaded = await load();
  expect(loaded.problems).toEqual([]);
  expect(loaded.config).toMatchObject({
    backend: "cloud",
    apiUrl: "https://mega-api-prod.nemovideo.ai",
    concurrency: 4,
    stateDir: join(dir, "state"),
    budget: {},
  });
  expect(originOf(loaded, "concurrency")).toBe("default");
});

test("flags beat the environment, which beats the profile, which beats the file", async () => {
  const file = write(
    "nemo-recipe.config.yaml",
    "concurrency: 5\noutDir: made\nstateDir: a\napiUrl: https://file.example\nprofiles: { fast: { concurrency: 8, apiUrl: https://profile.example } }\n",
  );
  const plain = await load();
  expect(plain.config).toMatchObject({
    concurrency: 5,
    outDir: join(dir, "made"),
    apiUrl: "https://file.example",
  });
  expect(originOf(plain, "outDir")).toBe(file);

  const profile = await load({ profile: "fast" });
  expect(profile.config).toMatchObject({
    concurrency: 8,
    outDir: join(dir, "made"),
    apiUrl: "https://profile.example",
  });
  expect(originOf(profile, "concurrency")).toBe(`${file} (profile fast)`);

  const env = await load({
    profile: "fast",
    env: { NEMO_API_URL: "https://env.example/", NEMO_RECIPE_STATE_DIR: "b" },
  });
  expect(env.config).toMatchObject({ apiUrl: "https://env.example", stateDir: join(dir, "b") });
  expect(originOf(env, "apiUrl")).toBe("NEMO_API_URL");

  const flags = await load({
    profile: "fast",
    env: { NEMO_API_URL: "https://env.example", NEMO_RECIPE_STATE_DIR: "b" },
    flags: { concurrency: 1, backend: "https://flag.example", stateDir: "c", maxCredits: 30 },
  });
  expect(flags.config).toMatchObject({
    concurrency: 1,
    backend: "cloud",
    apiUrl: "https://flag.example",
    stateDir: join(dir, "c"),
    budget: { perRun: 30 },
  });
  expect(originOf(flags, "budget.perRun")).toBe("--max-credits");
});

test.each([
  ["package.json", JSON.stringify({ name: "x", "nemo-recipe": { concurrency: 7 } })],
  [".nemo-reciperc", "concurrency: 7"],
  ["nemo-recipe.config.json", '{ "concurrency": 7 }'],
  ["nemo-recipe.config.mjs", "export default { concurrency: 7 };"],
  ["nemo-recipe.config.ts", "const concurrency: number = 7; export default { concurrency };"],
  ["user/config.yaml", "concurrency: 7"],
])("%s is found from a recipe's folder below it", async (path, text) => {
  const file = write(path, text);
  write("a/b/recipe.yaml", "prompts: x");
  const loaded = await load({ dir: join(dir, "a/b") });
  expect(loaded.problems).toEqual([]);
  expect(loaded.config?.concurrency).toBe(7);
  expect(loaded.file).toBe(file);
});

test("the nearest file wins over the user's", async () => {
  write("user/config.yaml", "concurrency: 2");
  write("a/nemo-recipe.config.yaml", "concurrency: 3");
  expect((await load({ dir: join(dir, "a") })).config?.concurrency).toBe(3);
  expect((await load()).config?.concurrency).toBe(2);
});

test("durations become milliseconds, one value becomes a list, a number is the budget of a run", async () => {
  write(
    "nemo-recipe.config.yaml",
    "budget: 300\nretry: { attempts: 5, delay: 1s }\ntimeouts: { turn: 1m30s }\npoll: { state: 500ms }\nup: daily.yaml\nnotify: { on: [failed], webhook: https://a.example }\n",
  );
  expect((await load()).config).toMatchObject({
    budget: { perRun: 300 },
    retry: { attempts: 5, delayMs: 1000 },
    timeouts: { turnMs: 90_000 },
    poll: { stateMs: 500 },
    up: [join(dir, "daily.yaml")],
    notify: [{ on: ["failed"], webhook: "https://a.example" }],
  });
});

test.each([
  ["concurency: 2", 'unknown key "concurency"', 'did you mean "concurrency"?'],
  ["retry: { attempt: 2 }", 'unknown key "retry.attempt"', 'did you mean "attempts"?'],
  ["profiles: { x: { poll: { stat: 2s } } }", 'unknown key "profiles.x.poll.stat"', 'did you mean "state"?'],
  [
    "notify: { on: failed, hook: x }",
    'unknown key "notify.hook"',
    "known keys: on, webhook, slack, discord, command",
  ],
  ["budget: { perMonht: 1 }", 'unknown key "budget.perMonht"', 'did you mean "perMonth"?'],
  ["concurrency: lots", "concurrency: ", undefined],
  ["timeouts: { turn: soon }", "timeouts.turn: must be a duration", undefined],
  ["backend: cluod", "backend: must be", 'did you mean "cloud"?'],
  ["- a", "the config: ", undefined],
  ["a: [", "cannot be read", undefined],
])("%s is a problem that names its place", async (text, message, hint) => {
  const file = write("nemo-recipe.config.yaml", text);
  const { config, problems } = await load();
  expect(config).toBeUndefined();
  expect(problems.map((problem) => problem.message).join("\n")).toContain(message);
  expect(problems[0]?.message).toContain(file);
  expect(problems[0]?.hint).toBe(hint);
});

const inWords: readonly (readonly [yaml: string, says: string, hint?: string])[] = [
  ["concurrency: two", 'concurrency: must be a whole number (1 or more), not "two"'],
  ["backend: clod", "backend: must be", 'did you mean "cloud"?'],
  ["budget: lots", 'budget: must be a number (0 or more) or a map of keys, not "lots"'],
  ["budget: { perDay: -1 }", "budget.perDay: must be a number (0 or more), not -1"],
  ["timeouts: { turn: 15 }", "timeouts.turn: must be a duration", 'durations have a unit: "15s"'],
  ["timeouts: 5m", 'timeouts: must be a map of keys, not "5m"'],
  ["skills: { My S: 1.0.0 }", "skills.My S: must be a slug"],
  ["profiles: { a: { outDir: [] } }", "profiles.a.outDir: must be text, not a list"],
  ["notify: { on: fail, webhook: 'https://x.y' }", "notify.on: must be", 'did you mean "failed"?'],
  ["notify: { on: failed, command: notify key-7 }", "command: must be a list of a program and its arguments"],
  ["notify: { on: failed, slack: hooks.x.y/key-7 }", "slack: must be an address"],
  ["notify: https://hooks.x.y/key-7", "notify: must be a map of keys or a list"],
  ["profiles: { a: { notify: [https://hooks.x.y/key-7] } }", "profiles.a.notify.0: must be a map of keys"],
  ["notify: { on: 7, slack: 'https://x.y' }", '"failed", "finished", "needs-you", "budget" or a list'],
  ["notify: { on: failed }", "notify: must be a map with exactly one of webhook, slack, discord and command"],
];

test.each(inWords)("%s is a mistake in words, and no key is repeated", async (yaml, says = "", hint) => {
  write("nemo-recipe.config.yaml", `${yaml}\n`);
  const { problems } = await load();
  expect(problems).toMatchObject([{ code: "bad-config", message: expect.stringContaining(says) }]);
  expect(problems[0]?.hint).toBe(hint);
  expect(problems[0]?.message).not.toMatch(/key-7|Invalid|expected/);
});

test.each([
  ["yaml", 'notify: { on: failed, slack: "https://x.y/key-7\n- x', "deficient indentation (2:1)"],
  ["yaml", "notify: { on: failed, slack: *https://x.y/key-7 }", 'unidentified alias "…" (1:31)'],
  ["json", '{ "notify": [{ "on": "failed", "slack": "https://x.y/key-7" }]] }', "JSON"],
])("%s that cannot be read is told in a line, and nothing of it is shown: %s", async (type, text, reason) => {
  const file = write(`nemo-recipe.config.${type}`, text);
  const message = (await load()).problems[0]?.message ?? "";
  expect(message.startsWith(`${file}: cannot be read: `)).toBe(true);
  expect(message.slice(file.length)).toContain(reason);
  expect(message.slice(file.length)).not.toMatch(/key-7|nemo-recipe\.config|\n/);
});

test("a mistaken flag, variable, profile or file is named with what is known", async () => {
  expect((await load({ flags: { backend: "locl" } })).problems[0]).toMatchObject({
    hint: 'did you mean "local"?',
  });
  expect((await load({ env: { NEMO_API_URL: "example.com" } })).problems[0]?.message).toContain(
    "NEMO_API_URL",
  );
  expect((await load({ env: { NEMO_API_URL: "me:pass-7@x.y" } })).problems[0]?.message).toBe(
    'NEMO_API_URL: "…@x.y" is no address',
  );
  expect((await load({ file: "missing.yaml" })).problems[0]?.message).toContain("there is no config file");
  expect((await load({ profile: "fast" })).problems[0]?.message).toContain("no config file was found");
  write("nemo-recipe.config.yaml", "profiles: { fast: {} }");
  expect((await load({ profile: "fats" })).problems[0]?.hint).toBe('did you mean "fast"?');
});

test("secrets are used and never shown", async () => {
  const env = {
    NEMO_TOKEN: "nmv_usr_secret",
    NEMO_CLIENT_ID: "client-secret",
    NEMO_API_URL: "https://u:pw@a.example",
  };
  const loaded = await load({ env });
  expect(loaded.config).toMatchObject({ token: "nmv_usr_secret", clientId: "client-secret" });
  expect(JSON.stringify(loaded.origins)).not.toMatch(/secret|u:pw/);
  expect(loaded.origins).toContainEqual({ key: "token", shown: "set (not shown)", origin: "NEMO_TOKEN" });
});

test("a variable that is empty counts as not set", async () => {
  expect((await load({ env: { NEMO_TOKEN: "", NEMO_API_URL: " " } })).config?.token).toBeUndefined();
});

test("a skill's version is written down, or stands in its SKILL.md", async () => {
  write("skills/mine/SKILL.md", "---\nname: mine\nversion: 1.2.3\n---\n");
  const config = "skills: { other: 2.0.0, mine: ./skills/mine/SKILL.md }\n";
  write("nemo-recipe.config.yaml", `${config}profiles: { p: { skills: { mine: skills/mine/SKILL.md } } }\n`);
  expect((await load()).config?.skills).toEqual({ other: "2.0.0", mine: "1.2.3" });
  expect((await load({ profile: "p" })).config?.skills).toEqual({ mine: "1.2.3" });
});

test.each([
  ["none.md", "cannot read"],
  ["empty.md", "has no front matter"],
  ["other.md", "is the skill other"],
])("a skill in %s is a problem of the config", async (name, says) => {
  write("empty.md", "");
  write("other.md", "---\nname: other\nversion: 1.2.3\n---\n");
  const file = write("nemo-recipe.config.yaml", `skills: { mine: ${name} }\n`);
  const { config, problems } = await load();
  expect(config).toBeUndefined();
  expect(problems).toMatchObject([
    { code: "bad-config", message: expect.stringContaining(`${file}: skills.mine: `) },
  ]);
  expect(problems[0]?.message).toContain(says);
});
