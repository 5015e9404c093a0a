import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { commandTable } from "../../src/cli/command-table.ts";
import { bashScript } from "../../src/cli/completion/bash-script.ts";
import { fishScript } from "../../src/cli/completion/fish-script.ts";
import { shellCommands } from "../../src/cli/completion/shell-words.ts";
import { zshScript } from "../../src/cli/completion/zsh-script.ts";
import { parseArguments } from "../../src/cli/build-program.ts";
import { commandHelp, programHelp } from "../../src/cli/help.ts";

function parse(...argv: string[]): { asked: ReturnType<typeof parseArguments>; out: string; err: string } {
  let [out, err] = ["", ""];
  const asked = parseArguments(argv, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    version: "9.9.9",
  });
  return { asked, out, err };
}

test.each(commandTable.map((spec) => [spec.name, spec] as const))(
  "%s has a help of one screen with two examples",
  (name, spec) => {
    const help = commandHelp(spec);
    const lines = help.split("\n");
    expect(lines.length).toBeLessThanOrEqual(34);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(spec.examples.length).toBe(2);
    expect(parse(name, "--help")).toMatchObject({ asked: 0, out: help });
    expect(programHelp()).toContain(`  ${name} `);
  },
);

test("every command can be loaded", async () => {
  for (const spec of commandTable) expect(await spec.load()).toBeTypeOf("function");
});

test.each([
  [["rnu"], "Did you mean run?"],
  [["run", "--concurency", "2"], "Did you mean --concurrency?"],
  [["run", "--first", "0"], "whole number of at least 1"],
  [["run", "--first", "1.5"], "whole number of at least 1"],
  [["run", "--max-credits", "-1"], "number of at least 0"],
  [["emulator", "--port", "70000"], "from 0 to 65535"],
  [["run", "--out"], "argument missing"],
  [["show"], "missing required argument"],
  [["promo.yaml"], "nemo-recipe run promo.yaml"],
  [["credits", "extra"], "too many arguments"],
  [["watch"], "unknown command"],
])("%j is refused with the next step", (argv, words) => {
  const { asked, err } = parse(...argv);
  expect(asked).toBe(2);
  expect(err).toContain(words);
});

test("no command at all shows the help as a mistake", () => {
  expect(parse()).toMatchObject({ asked: 2, out: "", err: programHelp() });
});

test("flags are read in all their spellings", () => {
  const line =
    "run a.yaml - -p a=1 --param b=2=3 -i x --prompt one --prompt two -o out --only a* --first 2 " +
    "--max-credits 12.5 -y --local --no-color -q";
  const { asked } = parse(...line.split(" "));
  expect(asked).toMatchObject({
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

test("doctor --config may stand alone or name a file", () => {
  expect(parse("doctor", "--config").asked).toMatchObject({ flags: { config: true } });
  expect(parse("doctor", "--config", "a.yaml").asked).toMatchObject({ flags: { config: "a.yaml" } });
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
  expect(complete("nemo-recipe", "re")).toEqual(["recipes", "resume"]);
  expect(complete("nemo-recipe", "run", "--conc")).toEqual(["--concurrency"]);
  expect(complete("nemo-recipe", "run", "--backend", "")).toEqual(["cloud", "local"]);
  expect(complete("nemo-recipe", "init", "be")).toEqual(["before-after"]);
  expect(complete("nemo-recipe", "schema", "e")).toEqual(["event"]);
});
