// The completion scripts, in the shells they are for. `.ci/run` brings these; elsewhere, what was not tried is named.
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { callCli } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

/** What each shell needs to say how it completes the words after the program's name. */
const shells: Readonly<Record<string, (words: readonly string[]) => readonly string[]>> = {
  bash: (words) => [
    "--norc",
    "-c",
    `source ./script; COMP_WORDS=(nemo-recipe ${words.join(" ")}); COMP_CWORD=${words.length}
     _nemo_recipe; printf '%s\\n' "\${COMPREPLY[@]}"`,
  ],
  // A terminal of its own, because zsh completes nowhere else; Ctrl-X prints the line and ends it.
  zsh: (words) => [
    "-f",
    "-c",
    `zmodload zsh/zpty; zpty shell zsh -f -i
     zpty -w shell "PS1=; COLUMNS=400; autoload -Uz compinit; compinit -u -D; source ./script"
     zpty -w shell 'tell() { print -r -- "[$BUFFER]"; exit }; zle -N tell; bindkey "^X" tell; print rea""dy'
     zpty -r shell line '*ready*'
     zpty -w -n shell $'nemo-recipe ${words.join(" ")}\\t\\x18'
     zpty -r shell line '*\\[nemo-recipe *\\]*'; line="\${line##*\\[nemo-recipe }"; print -r -- "\${line%%\\]*}"`,
  ],
  fish: (words) => ["--no-config", "-c", `source ./script; complete -C "nemo-recipe ${words.join(" ")}"`],
};
const isThere = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;
const found = Object.keys(shells).filter(isThere);
const missing = Object.keys(shells).filter((shell) => !found.includes(shell));
if (missing.length > 0) console.warn(`completion was not tried in ${missing.join(", ")}: not installed`);

test.runIf(process.env["ALL_SHELLS"])("all shells are there where `.ci/run` says so", () => {
  expect(missing).toEqual([]);
});

describe.each(found)("%s", (shell) => {
  test.each([
    { typed: ["vali"], offered: "validate" },
    { typed: ["run", "--conc"], offered: "--concurrency" },
    { typed: ["completion", "fi"], offered: "fish" },
    { typed: ["init", "ree"], offered: "reel" },
    { typed: ["run", "ree"], offered: "reel" },
    { typed: ["run", "holi"], offered: "holiday.yaml" },
    { typed: ["run", "--backend", "lo"], offered: "local" },
    { typed: ["run", "--out", "vid"], offered: "videos" },
    { typed: ["schema", "conf"], offered: "config" },
    { typed: ["chat", "my"], offered: "my photo.jpg" },
    { typed: ["validate", "holi"], offered: "holiday.yaml" },
    { typed: ["run", "--log-file", "holi"], offered: "holiday.yaml" },
  ])("$typed", async ({ typed, offered }) => {
    const cwd = tempDir();
    for (const name of ["holiday.yaml", "my photo.jpg"]) writeFileSync(join(cwd, name), "prompts: a\n");
    mkdirSync(join(cwd, "videos"));
    writeFileSync(join(cwd, "script"), (await callCli(["completion", shell], { cwd })).stdout);
    const args = shells[shell]?.(typed) ?? [];
    const { stdout } = await promisify(execFile)(shell, args, { cwd, timeout: 100_000 });
    // A whole word: zsh prints the line with its blanks escaped, fish a tab and what the word means.
    const printed = stdout.replaceAll("\\ ", " ");
    const escaped = offered.replaceAll(/[.-]/g, "\\$&");
    expect(printed).toMatch(new RegExp(`(?:^|\\s)${escaped}/?(?:\\s|$)`));
  });
});
