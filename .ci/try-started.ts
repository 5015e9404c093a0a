import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { startEmulator } from "../src/emulator/start-emulator.ts";
import { denoLine } from "./deno-line.ts";
import { emptyFolder, makesVideo, mustBeVideo, type EmptyFolder } from "./empty-folder.ts";

const root = join(import.meta.dirname, "..");
const tools = join(root, "node_modules", ".bin");

/** Where each way to start keeps what it fetched, and where from. */
const fetching = (folder: EmptyFolder, registry: string): Readonly<Record<string, string>> => ({
  npm_config_registry: registry,
  NPM_CONFIG_REGISTRY: registry,
  BUN_CONFIG_REGISTRY: registry,
  BUN_INSTALL_CACHE_DIR: join(folder.path, "home/bun"),
  TMPDIR: join(folder.path, "home/tmp"),
  DENO_DIR: join(folder.path, "home/deno"),
  DENO_NO_UPDATE_CHECK: "1",
});

/** The ways that the README names to start the program where nothing is installed, each in a folder of its own. */
export async function tryStarted(base: string, registry: string, path: string): Promise<void> {
  const ways: readonly (readonly [string, readonly string[]])[] = [
    ["npx", ["npx", "--yes", "nemo-recipe"]],
    ["bunx", [join(tools, "bunx"), "--bun", "nemo-recipe"]],
    ["deno run -A npm:", [join(tools, "deno"), "run", "-A", "npm:nemo-recipe"]],
  ];
  for (const [name, command] of ways) {
    const folder = emptyFolder(base, name.slice(0, 4), path);
    const env = fetching(folder, registry);
    mkdirSync(join(folder.path, "home/tmp"));
    mustBeVideo(folder, await folder.run([...command, ...makesVideo], env), `${name}, empty folder`);
  }
  await tryNarrow(emptyFolder(base, "narrow", path), registry);
}

/** The README's line for Deno, as it stands there: only the service's host is another. Its videos lie elsewhere. */
async function tryNarrow(folder: EmptyFolder, registry: string): Promise<void> {
  const service = await startEmulator({ workMs: 100, pace: 0.3, faults: "foreign-link" });
  try {
    const line = denoLine(new URL(service.url).host, "holiday.yaml");
    const env = {
      ...fetching(folder, registry),
      NEMO_API_URL: service.url,
      PATH: [tools, process.env["PATH"]].join(delimiter),
    };
    mkdirSync(join(folder.path, "home/tmp"));
    const printed = await folder.run(["bash", "-c", line], env);
    mustBeVideo(folder, printed, "deno, the README's narrow permissions");
  } finally {
    await service.close();
  }
}
