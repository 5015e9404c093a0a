// Each folder beside this file is a case: recipe.yaml and other files, args (one a line), stdout, stderr, exit-code.
// `make` lists files too big to keep: a name and a size in bytes a line. `faults` starts a service that has them, and
// <service> in args is its address. `like` names a case whose other files are taken. UPDATE=1 writes what was seen.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { callCli } from "../support/call-cli.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const cases = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const update = process.env["UPDATE"] === "1";
const results = ["stdout", "stderr", "exit-code"] as const;
let folder = "";

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("golden", () => {
  test.each(cases.map(({ name }) => name))("%s", async (name) => {
    const source = join(here, name);
    folder = realpathSync(mkdtempSync(join(tmpdir(), "nemo-golden-")));
    const [like] = lines(join(source, "like"));
    if (like !== undefined) cpSync(join(here, like), folder, { recursive: true });
    cpSync(source, folder, { recursive: true });
    for (const result of results) rmSync(join(folder, result), { force: true });
    for (const [file = "", size] of lines(join(source, "make")).map((line) => line.split(" "))) {
      writeFileSync(join(folder, file), "");
      truncateSync(join(folder, file), Number(size));
    }
    const service = existsSync(join(folder, "faults")) ? await serve(lines(join(folder, "faults"))) : undefined;
    const args = lines(join(folder, "args")).map((arg) => arg.replace("<service>", service?.url ?? ""));
    const seen = await callCli(args, {
      cwd: folder,
      env: { NEMO_RECIPE_STATE_DIR: join(folder, ".state"), ...environment(folder) },
      stdin: existsSync(join(source, "stdin")) ? readFileSync(join(source, "stdin"), "utf8") : "",
    });
    await service?.close();
    const shown = { stdout: steady(seen.stdout), stderr: steady(seen.stderr), "exit-code": `${seen.exitCode}\n` };
    if (update) for (const result of results) writeFileSync(join(source, result), shown[result]);
    const kept = results.map((result) => [result, readFileSync(join(source, result), "utf8")]);
    expect(shown).toEqual(Object.fromEntries(kept));
  });
});

function lines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter((line) => line !== "") : [];
}

function serve(faults: readonly string[]): Promise<Emulator> {
  return startEmulator({ faults: faults.join(","), workMs: 50, pace: 0.2 });
}

/** `env` holds NAME=value lines. */
function environment(source: string): Record<string, string> {
  return Object.fromEntries(lines(join(source, "env")).map((line) => [line.split("=", 1)[0] ?? "", line.slice(line.indexOf("=") + 1)]));
}

/** What differs from run to run has a name instead. */
function steady(text: string): string {
  return text
    .replaceAll(/^(?:\{"type":"[a-z]+-progress".*|.*: \d+%)\n/gm, "")
    .replaceAll(folder, "<folder>")
    .replaceAll(/\b(run|job|render)_[0-9a-z]{16}\b/g, "$1_<id>")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:<port>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<instant>")
    .replaceAll(/\b(?:anon_[0-9a-z]+|task_[0-9a-f]{32}|\d{19})\b/g, "<name>")
    .replaceAll(/\b[0-9a-f]{64}\b/g, "<hash>")
    .replaceAll(/\b\d+(?:\.\d+)? [kM]B\b/g, "<size>")
    .replaceAll(/"(elapsedMs|atMs|sizeBytes|sentBytes)":\d+/g, '"$1":<number>')
    .replaceAll(/\b\d+(?:\.\d+)?(?: ?s| ?ms)\b(?=,| \||$|\)| ·)/gm, "<time>");
}
