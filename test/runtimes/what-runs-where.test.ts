// The command line on each runtime, from its source; README.md has the result as a table.
// UPDATE=1 with all runtimes installed writes the table anew.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { runtimesHere, type Runtime } from "../support/runtimes.ts";
import { tempDir } from "../support/temp-dir.ts";
import { abilities } from "./abilities.ts";
import { cli, root } from "./place.ts";

const runtimes = runtimesHere();
const found = new Map<string, Map<string, string>>(abilities.map(({ says }) => [says, new Map()]));

describe.each(runtimes)("$name", (runtime) => {
  test("is the version that its column says", async () => {
    const version = (await cli({ runtime, cwd: tempDir() }, ["--version"])).stdout.trim();
    const { version: ours } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      version: string;
    };
    expect(version).toBe(ours);
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(await columnOf(runtime));
  });

  test.concurrent.each(abilities)("$says", async ({ says, tryOn }) => {
    const cwd = realpathSync(mkdtempSync(join(tmpdir(), "nemo-where-")));
    const cell = await tryOn({ runtime, cwd });
    expect(["yes", "–"]).toContain(cell);
    found.get(says)?.set(runtime.name, cell);
    rmSync(cwd, { recursive: true, force: true, maxRetries: 3 });
  });
});

/** Such as `Node 24.21`. */
async function columnOf({ name, path }: Runtime): Promise<string> {
  const told = (await promisify(execFile)(path, ["--version"])).stdout;
  return `${/^\w+/.exec(name)?.[0]} ${/\d+\.\d+/.exec(told)?.[0]}`;
}

// Behind all others, because it looks at what they have found.
test("README.md has it as a table", async () => {
  const path = join(root, "README.md");
  const readme = readFileSync(path, "utf8");
  const table = /(?<=\n## Runtimes\n[^]*?)\n\| *\|[^]*?\n(?=\n)/.exec(readme)?.[0] ?? "";
  const heads = await Promise.all(runtimes.map(columnOf));
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const cellsOf = (says: string): string[] =>
    runtimes.map(({ name }) => found.get(says)?.get(name) ?? "not tried");
  if (process.env["UPDATE"] === "1") {
    const lines = [
      line(["", ...heads]),
      `|${"---|".repeat(heads.length + 1)}`,
      ...abilities.map(({ says }) => line([says, ...cellsOf(says)])),
    ];
    writeFileSync(
      path,
      readme.replace(table, () => `\n${lines.join("\n")}\n`),
    );
  }
  const shown = readFileSync(path, "utf8")
    .split("\n")
    .map((row) => row.split("|").map((cell) => cell.trim()));
  const top = shown.find((cells) => heads.every((head) => cells.includes(head))) ?? [];
  for (const { says } of abilities) {
    const cells = shown.find(([, first]) => first === says) ?? [];
    expect(
      heads.map((head) => cells[top.indexOf(head)]),
      says,
    ).toEqual(cellsOf(says));
  }
});
