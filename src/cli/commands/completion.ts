import { nearMiss } from "../../base/near-miss.ts";
import { bundledNames } from "../recipes/bundled.ts";
import type { Command } from "../call.ts";
import { bashScript } from "../completion/bash-script.ts";
import { fishScript } from "../completion/fish-script.ts";
import { shellCommands } from "../completion/shell-words.ts";
import { zshScript } from "../completion/zsh-script.ts";
import { usage } from "../stop.ts";

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** Prints the completion script of a shell. */
export const completion: Command = async ({ args, io, screen }) => {
  const [shell = ""] = args;
  if (!isShell(shell)) {
    const near = nearMiss(shell, Object.keys(scripts));
    throw usage(
      `unknown shell "${shell}"`,
      near === undefined ? "known: bash, zsh, fish" : `did you mean "${near}"?`,
    );
  }
  screen.out(scripts[shell](shellCommands(await bundledNames(io.root))).trimEnd());
  return 0;
};

const isShell = (name: string): name is keyof typeof scripts => Object.hasOwn(scripts, name);
