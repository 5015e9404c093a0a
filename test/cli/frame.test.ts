import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandTable } from "../../src/cli/command-line/command-table.ts";
import type { FlagName } from "../../src/cli/command-line/flags.ts";
import { bashScript } from "../../src/cli/completion/bash-script.ts";
import { fishScript } from "../../src/cli/completion/fish-script.ts";
import { shellCommands } from "../../src/cli/completion/shell-words.ts";
import { zshScript } from "../../src/cli/completion/zsh-script.ts";
import { commandHelp, programHelp } from "../../src/cli/command-line/help.ts";
import { parseArguments, type Asked } from "../../src/cli/command-line/parse-arguments.ts";
import { Stop } from "../../src/cli/stop.ts";
import { recipeWords } from "../../src/cli/command-line/unknown-flag.ts";

const parse = (...argv: string[]): Asked => parseArguments(argv, "9.9.9");

function refusal(...argv: string[]): { code: number; text: string } {
  try {
    return { code: 0, text: JSON.stringify(parse(...argv)) };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { code: error.exitCode, text: `${error.message}\n${error.hint ?? ""}` };
  }
}

test.each(commandTable.map((spec) => [spec.name, spec] as const))(
  "%s has a help of one screen with two examples",
  (name, spec) => {
    const help = commandHelp(spec);
    const lines = help.split("\n");
    expect(lines.length).toBeLessThanOrEqual(34);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(spec.examples.length).toBe(2);
    expect(parse(name, "--help")).toEqual({ kind: "text", text: help });
    expect(parse("help", name)).toEqual({ kind: "text", text: help });
    expect(programHelp()).toContain(`  ${name} `);
  },
);

test("the program's own help fits as well", () => {
  const lines = programHelp().split("\n");
  expect(lines.length).toBeLessThanOrEqual(40);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("what takes --backend takes --local", () => {
  const named = (flag: FlagName): string[] =>
    commandTable.filter(({ flags }) => flags.includes(flag)).map(({ name }) => name);
  expect(named("local")).toEqual(named("backend"));
});

test("--max-credits is of a day where nobody looks on, and of a run elsewhere", () => {
  const saying = (words: string): string[] =>
    commandTable.filter((spec) => commandHelp(spec).includes(words)).map(({ name }) => name);
  expect(saying("spend no more in a day")).toEqual(["watch", "schedule", "tick", "up"]);
  expect(saying("refuse a run that may cost more")).toContain("run");
});

test("every command can be loaded", async () => {
  for (const spec of commandTable) expect(await spec.load()).toBeTypeOf("function");
});

test.each([
  [["rnu"], "did you mean run?"],
  [["run", "--concurency", "2"], "did you mean --concurrency?"],
  [["run", "-z"], "there is no flag -z"],
  [["run", "--first", "0"], "whole number of at least 1"],
  [["run", "--first", "1.5"], "whole number of at least 1"],
  [["run", "--first", "Infinity"], "whole number of at least 1"],
  [["run", "--max-credits", "-1"], "number of at least 0"],
  [["emulator", "--port", "70000"], "from 0 to 65535"],
  [["run", "--out"], "the value is missing"],
  [["run", "--out", "--json"], "the value is missing"],
  [["run", "--json=yes"], "takes no value"],
  [["run", "--state-dir", ""], "--state-dir: the value is empty"],
  [["chat", "--session="], "--session: the value is empty"],
  [["cancel", ""], "cancel: an argument is empty"],
  [["retry", "--again", ""], "a variable meant that is not set"],
  [["run", "promo.yaml", "--", ""], "run: an argument is empty"],
  [["approve"], "approve needs <run or job>"],
  [["promo.yaml"], "nemo-recipe run promo.yaml"],
  [["credits", "extra"], '"extra" is one too many'],
  [["resume", "a", "b"], '"b" is one too many'],
  [["validate", "--local"], "there is no flag --local"],
  [["status", "--local"], "--local is a flag of run, plan, watch"],
  [["runs", "--skill", "x"], "--skill is a flag of chat: leave it out here"],
  [["run", "--skill", "x"], "a recipe says it: `skill: …`"],
  [["--json", "run"], "a command comes before --json"],
  [["--hlep"], "did you mean --help?"],
  [["version"], "did you mean --version?"],
  [["wind"], "there is no command wind"],
  [["help", "rnu"], "did you mean run?"],
])("%j is refused with the next step", (argv, words) => {
  const { code, text } = refusal(...argv);
  expect(code).toBe(2);
  expect(text).toContain(words);
  expect(text.trim().split("\n").length).toBe(2);
});

test("what is said to be a recipe's word is one", () => {
  const text = readFileSync(new URL("../../schemas/recipe.schema.json", import.meta.url), "utf8");
  const { properties } = JSON.parse(text) as { readonly properties: object };
  expect(Object.keys(properties)).toEqual(expect.arrayContaining([...recipeWords]));
});

test("no command at all shows the help as a mistake", () => {
  expect(refusal()).toEqual({ code: 2, text: `\n${programHelp().trimEnd()}` });
  expect(parse("--help")).toEqual({ kind: "text", text: programHelp() });
  expect(parse("--version")).toEqual({ kind: "text", text: "9.9.9\n" });
});

test("flags are read in all their spellings", () => {
  const line =
    "run a.yaml - -p a=1 --param b=2=3 -i x --prompt one --prompt two -o out --only a* --first 2 " +
    "--max-credits 12.5 -y --local --no-color -q";
  expect(parse(...line.split(" "))).toMatchObject({
    args: ["a.yaml", "-"],
    flags: {
      param: ["a=1", "b=2=3"],
      input: ["x"],
      prompt: ["one", "two"],
      out: "out",
      only: ["a*"],
      first: 2,
      maxCredits: 12.5,
      yes: true,
      local: true,
      color: false,
      quiet: true,
    },
  });
});

test.each([
  [["--param=a=1", "--out=x"], { param: ["a=1"], out: "x" }],
  [["-pa=1", "-ox", "-qy"], { param: ["a=1"], out: "x", quiet: true, yes: true }],
  [["--prompt", "- a list", "--prompt=", "--prompt", "--loud"], { prompt: ["- a list", "", "--loud"] }],
  [["-o", "a", "-o", "b"], { out: "b" }],
])("%j is read as %j", (argv, flags) => {
  expect(parse("run", ...argv)).toMatchObject({ args: [], flags });
});

test("what leads to the settings, and -q and -y, are taken by every command", () => {
  const line = ["--state-dir", "s", "--profile", "p", "--no-color", "-qy"];
  for (const { name, args = "" } of commandTable) {
    const needed = Array.from(args.matchAll(/</g), () => "bash");
    expect(parse(name, ...needed, ...line), name).toMatchObject({ flags: { stateDir: "s", quiet: true } });
  }
});

test("nothing is a flag after --", () => {
  expect(parse("run", "--json", "--", "--odd.yaml", "--help")).toMatchObject({
    args: ["--odd.yaml", "--help"],
    flags: { json: true },
  });
});

test("doctor --config may stand alone or name a file", () => {
  expect(parse("doctor", "--config")).toMatchObject({ flags: { config: true } });
  expect(parse("doctor", "--config", "--json")).toMatchObject({ flags: { config: true, json: true } });
  expect(parse("doctor", "--config", "a.yaml")).toMatchObject({ flags: { config: "a.yaml" } });
});

test.each([
  ["bash", bashScript],
  ["zsh", zshScript],
  ["fish", fishScript],
] as const)("the completion of %s knows every command and flag", (_shell, script) => {
  const text = script(shellCommands(["image-video"]));
  for (const spec of commandTable) expect(text).toContain(spec.name);
  for (const flag of ["concurrency", "max-credits", "list-faults", "claim"]) expect(text).toContain(flag);
  expect(text).toContain("image-video");
});

test.runIf(existsSync("/bin/bash"))("bash completes commands, flags and values", () => {
  const script = bashScript(shellCommands(["image-video", "before-after"]));
  const complete = (...words: string[]): string[] => {
    const line = words.map((word) => `'${word}'`).join(" ");
    const run = `${script}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _nemo_recipe; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync("/bin/bash", ["-c", run], { encoding: "utf8", cwd: "/" }).split("\n").filter(Boolean);
  };
  expect(complete("nemo-recipe", "re")).toEqual([
    "recipes",
    "resume",
    "retry",
    "recover",
    "resolve",
    "refine",
  ]);
  expect(complete("nemo-recipe", "run", "--conc")).toEqual(["--concurrency"]);
  expect(complete("nemo-recipe", "run", "--backend", "")).toEqual(["cloud", "local"]);
  expect(complete("nemo-recipe", "init", "be")).toEqual(["before-after"]);
  expect(complete("nemo-recipe", "schema", "e")).toEqual(["event"]);
});
