import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measureProcess } from "../measure-process.ts";
import { root } from "../root.ts";
import type { Contest, Contestant } from "./contest.ts";
import { installPeer, type Peer } from "./peer.ts";

/** What it costs to start programs that people have, and to have a file checked by them. */
export function starts(bin: string, folder: string): Contest[] {
  const node = (...args: string[]): Contestant["run"] => start(folder, ...args);
  const recipe = join(folder, "recipe.yaml");
  copyFileSync(join(root, "bench/sixty-lines.yaml"), recipe);
  const small = installPeer(["typescript", "vite", "chokidar-cli"], folder);
  const wrangler = installPeer(["wrangler"], folder);
  const remotion = installPeer(["@remotion/cli"], folder);
  const promptfoo = installPeer(["promptfoo"], folder);
  const config = join(folder, "promptfooconfig.yaml");
  writeFileSync(config, promptfooConfig);
  const floor: Contestant = { name: "node -e 0", run: node("-e", "0") };
  return [
    {
      id: "P1",
      task: "the version",
      floor,
      contestants: [
        { name: "nemo-recipe --version", run: node(bin, "--version") },
        program(small, 0, ["tsc", "--version"]),
        program(small, 1, ["vite", "--version"]),
        program(small, 2, ["chokidar", "--version"]),
        program(wrangler, 0, ["wrangler", "--version"]),
        program(remotion, 0, ["remotion", "versions"]),
        program(promptfoo, 0, ["promptfoo", "--version"]),
      ],
    },
    {
      id: "P2",
      task: "a configuration is checked",
      floor,
      contestants: [
        { name: "nemo-recipe validate", run: node(bin, "validate", recipe) },
        program(promptfoo, 0, ["promptfoo", "validate", "-c", config]),
      ],
    },
  ];
}

function program(peer: Peer, which: number, [bin = "", ...args]: readonly string[]): Contestant {
  const told = args.filter((arg) => !arg.startsWith("/") && arg !== "-c").join(" ");
  return { name: `${peer.versions[which]}: ${bin} ${told}`, run: start(peer.folder, peer.bin(bin), ...args) };
}

/** Nobody is to be called, and nothing to be written but below the temporary folder. */
const alone = {
  CI: "1",
  PROMPTFOO_DISABLE_TELEMETRY: "1",
  PROMPTFOO_DISABLE_UPDATE: "1",
  WRANGLER_SEND_METRICS: "false",
};

function start(cwd: string, ...args: string[]): Contestant["run"] {
  return () => measureProcess({ command: process.execPath, args, cwd, env: alone });
}

const promptfooConfig = `description: captions
prompts: ["Write a caption about {{topic}}"]
providers: [echo]
tests:
  - vars: { topic: a dune cup }
    assert: [{ type: contains, value: cup }]
`;
