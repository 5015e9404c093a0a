// What a skill can do, row by row, each done against the emulator. docs/skills.md tells what came of it.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "../../src/emulator/start-emulator.ts";
import { skillSheets, type SkillSheet } from "../../src/recipe/known-skills.ts";
import { formats } from "../../src/recipe/recipe.ts";
import { countOf } from "../../src/base/count-of.ts";
import { callCli, type CalledCli } from "./call-cli.ts";
import { startLoopbackServer } from "./loopback-server.ts";

const picture = fileURLToPath(new URL("../fixtures/media/picture.jpg", import.meta.url));

export interface SkillRow {
  readonly what: string;
  /** Without its skill and timings. `<media>` is the address of a server that has the picture. */
  readonly recipe: (sheet: SkillSheet) => string;
  readonly faults?: string;
  /** Run after the recipe; its answer is the row's outcome. */
  readonly afterwards?: "credits" | "status";
  readonly token?: string;
}

const prompt = "prompts: make a 1-second video\n";
const one = `inputs: a.jpg\n${prompt}`;
const refused = (code: string, faults: string, token?: string): SkillRow => ({
  what: `error ${code}`,
  recipe: () => one,
  faults,
  ...(token !== undefined && { token }),
});

export const skillRows: readonly SkillRow[] = [
  { what: "quick edit", recipe: (sheet) => `inputs: a.jpg\nprompts: ${JSON.stringify(sheet.prompt)}\n` },
  {
    what: "batch style: several files in one session, each its own render",
    recipe: () =>
      `batch: sequence\ninputs: [a.jpg, b.jpg, c.jpg]\n${prompt}export: { quality: low, to: "\${{ input.stem }}.mp4" }\n`,
  },
  {
    what: "iterative",
    recipe: () =>
      `${one}refinements:\n  - show the title "Hello"\n  - prompt: trim the video to exactly 1 second\n    unless: { duration: 1s }\n`,
  },
  { what: "URL upload", recipe: () => `inputs: [{ url: "<media>/there.jpg" }]\n${prompt}` },
  { what: "credits", recipe: () => one, afterwards: "credits" },
  { what: "status", recipe: () => one, afterwards: "status" },
  ...formats.map((format) => ({
    what: `export as ${format}`,
    recipe: () => `${one}export: { quality: low, format: ${format}, to: "video.${format}" }\n`,
  })),
  refused("1001, a bad token, anonymous", "code-1001:turn@1"),
  refused("1001, a bad token, NEMO_TOKEN", "code-1001:turn", "nmv_local_skills"),
  refused("1002, session not found", "code-1002:turn"),
  refused("2001, no credits", "code-2001"),
  refused("4001, file type refused", "code-4001"),
  refused("4002, file too large", "code-4002"),
  refused("400, X-Client-Id missing", "code-400"),
  refused("402, export blocked by the plan", "code-402"),
  refused("403, the token lacks a scope", "code-403"),
  refused("429, rate limit", "rate-limit:turn=0"),
];

const timings = `poll: { state: 30ms, render: 2500ms }\nretry: { attempts: 2, delay: 20ms, maxDelay: 20ms }\n`;

export interface RowOutcome {
  /** What came of it; the same for every skill. */
  readonly text: string;
  /** Calls that did not carry the skill's own attribution. */
  readonly strayCalls: readonly string[];
}

/** Does a row with a skill, in a folder and against a backend of its own. */
export async function runSkillRow(row: SkillRow, sheet: SkillSheet): Promise<RowOutcome> {
  const { name, version } = sheet;
  const cwd = mkdtempSync(join(tmpdir(), "nemo-skill-"));
  for (const file of ["a.jpg", "b.jpg", "c.jpg"]) copyFileSync(picture, join(cwd, file));
  const media = await startLoopbackServer((_, response) => {
    response.writeHead(200, { "content-type": "image/jpeg" });
    response.end(readFileSync(picture));
  });
  const service = await startEmulator({ workMs: 30, pace: 0.1, credits: 1000, faults: row.faults ?? "" });
  try {
    const text = row.recipe(sheet).replace("<media>", media.url);
    const exported = text.includes("export:") ? "" : "export: { quality: low, to: video.mp4 }\n";
    writeFileSync(join(cwd, "recipe.yaml"), `name: row\nskill: ${name}\n${text}${exported}${timings}`);
    const env = {
      NEMO_API_URL: service.url,
      SKILL_SOURCE: "table",
      ...(row.token && { NEMO_TOKEN: row.token }),
    };
    const ran = await callCli(["run", "--json", "--yes"], { cwd, env });
    const after =
      row.afterwards === undefined ? undefined : await callCli([row.afterwards, "--json"], { cwd, env });
    const wanted = { "x-skill-source": name, "x-skill-version": version, "x-skill-platform": "table" };
    const isOwn = (headers: Readonly<Record<string, string>>): boolean =>
      Object.entries(wanted).every(([header, value]) => headers[header] === value);
    // What is asked between jobs belongs to no recipe's skill: the plain one stands for all.
    const strayCalls = service.ledger.requests
      .filter(
        ({ headers, endpoint, origin }) => origin === "own" && !isOwn(headers) && !accountCalls.has(endpoint),
      )
      .map(({ endpoint }) => endpoint);
    const outcome =
      after === undefined
        ? outcomeOf(ran, cwd)
        : `${outcomeOf(ran, cwd)}; ${afterText(row.afterwards ?? "", after.stdout)}`;
    return { text: `${outcome} — ${ledgerText(service.ledger.counts)}`, strayCalls };
  } finally {
    await service.close();
    await media.close();
    rmSync(cwd, { recursive: true, force: true });
  }
}

const accountCalls: ReadonlySet<string> = new Set(["token", "credits"]);

function outcomeOf({ exitCode, stdout, stderr }: CalledCli, cwd: string): string {
  const files = readdirSync(cwd).filter((name) =>
    /^(?:video|[abc])\.(?:mp4|mov|avi|webm|mkv|gif)$/.test(name),
  );
  if (exitCode === 0) return `exit 0: ${files.sort().join(", ")}`;
  const failed = stdout.split("\n").find((line) => /"type":"job-(?:failed|needs-you)"/.test(line));
  const [, code] = /"code":"([\w-]+)"/.exec(failed ?? "") ?? /^error: ([\w-]+):/m.exec(stderr) ?? [];
  return `exit ${exitCode}, \`${code ?? "none"}\``;
}

function afterText(command: string, stdout: string): string {
  const said = JSON.parse(stdout.split("\n")[0] ?? "") as Readonly<Record<string, unknown>>;
  if (command === "credits") return `${String(said["available"])} credits available`;
  return `${String(said["unfinished"])} jobs unfinished`;
}

function ledgerText(counts: Readonly<Record<string, number>>): string {
  return ["upload", "turn", "render"].map((name) => countOf(counts[`${name}s`] ?? 0, name)).join(", ");
}

/** A row is done with one skill at each commit, a different one for each row; with all by `PROOF=1`. */
export function skillsFor(row: SkillRow): readonly SkillSheet[] {
  const turn = skillRows.indexOf(row) % skillSheets.length;
  return process.env["PROOF"] === "1" ? skillSheets : skillSheets.slice(turn, turn + 1);
}
