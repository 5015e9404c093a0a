// The command line on each runtime, from its source; README.md has the result as a table.
// UPDATE=1 with all runtimes installed writes the table anew.
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/start-emulator.ts";
import { runtimesHere, type Runtime } from "../support/runtimes.ts";
import { tempDir } from "../support/temp-dir.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "bin", "nemo-recipe.js");
const runtimes = runtimesHere();

interface Place {
  readonly runtime: Runtime;
  readonly cwd: string;
}

/** Runs the command line in a home of its own, and returns its standard output. */
async function cli({ runtime, cwd }: Place, args: readonly string[], env = {}): Promise<string> {
  const own = { PATH: process.env["PATH"], HOME: cwd, LC_ALL: "C.UTF-8", ...env };
  const all = [...runtime.args, bin, ...args];
  return (await promisify(execFile)(runtime.path, all, { cwd, env: own, timeout: 110_000 })).stdout;
}

async function makesVideo(place: Place): Promise<string> {
  copyFileSync(join(root, "test/fixtures/media/photo.heic"), join(place.cwd, "photo.heic"));
  const made = await cli(place, ["run", "photo.heic", "--prompt", "a 1-second video", "--local"]);
  expect(made).toBe("out/prompt.mp4\n");
  expect(readFileSync(join(place.cwd, "out/prompt.mp4")).subarray(4, 8).toString()).toBe("ftyp");
  return "yes";
}

async function readsTypescript(place: Place): Promise<string> {
  const config = "export default { concurrency: 3 as number };\n";
  writeFileSync(join(place.cwd, "nemo-recipe.config.ts"), config);
  const told = await cli(place, ["doctor", "--config"]).catch((error: { stdout: string }) => error.stdout);
  expect(told).toMatch(/concurrency +3 .*nemo-recipe\.config\.ts/);
  return "yes";
}

/** The main job with no more than it needs: the service, the folder with recipe and results, the credentials. */
async function isNarrow({ runtime, cwd }: Place): Promise<string> {
  if (runtime.name !== "Deno") return "–";
  const service = await startEmulator();
  const own = join(cwd, ".config/nemovideo");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(cwd, "promo.yaml"), "prompts: a 1-second video\n");
  writeFileSync(join(cwd, "nemo-recipe.config.yaml"), "poll: { state: 200ms, render: 2s }\n");
  const allowed = [
    "run",
    "--no-prompt",
    "--allow-env",
    "--allow-sys=homedir",
    `--allow-net=${new URL(service.url).host}`,
    `--allow-read=${cwd},${root}`,
    `--allow-write=${cwd}`,
  ];
  try {
    const args = ["run", "promo.yaml", "--state-dir", ".state"];
    const place = { runtime: { ...runtime, args: allowed }, cwd };
    expect(await cli(place, args, { NEMO_API_URL: service.url })).toBe("out/promo.mp4\n");
    const elsewhere = cli(place, args, { NEMO_API_URL: "http://127.0.0.1:9" });
    await expect(elsewhere).rejects.toMatchObject({ code: 1 });
  } finally {
    await service.close();
  }
  return "yes";
}

const rows: readonly { readonly says: string; readonly tryOn: (place: Place) => Promise<string> }[] = [
  { says: "`run`: a video from a HEIC photo, `--local`", tryOn: makesVideo },
  { says: "settings in TypeScript", tryOn: readsTypescript },
  { says: "permissions as narrow as the job", tryOn: isNarrow },
];
const found = new Map<string, Map<string, string>>(rows.map(({ says }) => [says, new Map()]));

describe.each(runtimes)("$name", (runtime) => {
  test("is the version that its column says", async () => {
    const version = (await cli({ runtime, cwd: tempDir() }, ["--version"])).trim();
    const { version: ours } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      version: string;
    };
    expect(version).toBe(ours);
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(await columnOf(runtime));
  });

  test.each(rows)("$says", { timeout: 120_000 }, async ({ says, tryOn }) => {
    const cell = await tryOn({ runtime, cwd: tempDir() });
    expect(["yes", "–"]).toContain(cell);
    found.get(says)?.set(runtime.name, cell);
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
      ...rows.map(({ says }) => line([says, ...cellsOf(says)])),
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
  for (const { says } of rows) {
    const cells = shown.find(([, first]) => first === says) ?? [];
    expect(
      heads.map((head) => cells[top.indexOf(head)]),
      says,
    ).toEqual(cellsOf(says));
  }
});
