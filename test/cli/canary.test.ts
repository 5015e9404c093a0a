// X1: secrets that are known to this test go through every command at every level, and everything that was printed,
// logged, stored or made is searched for them.
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandTable } from "../../src/cli/command-line/command-table.ts";
import type { FlagName } from "../../src/cli/command-line/flags.ts";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { callCli, type CallOptions } from "../support/call-cli.ts";
import { startLoopbackServer, type LoopbackServer } from "../support/loopback-server.ts";
import { proven } from "../support/proven.ts";
import { isWhole } from "../support/rounds.ts";
import { tempDir } from "../support/temp-dir.ts";

const canaries = {
  token: "nmv_local_canary-Token_7f3a91",
  clientId: "canary+client/id=55c0~e1",
  env: "canary env&value?8d2b/17#é",
  hook: "canaryHook0d55e1f7c2",
} as const;

/** Each as it is, as in a URL, in base64 at each of the three offsets, and in hex. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset, "x"), bytes]);
    const whole = shifted.toString("base64").replace(/=+$/, "");
    // The first and the last characters depend on what stands beside them.
    const inner = whole.slice(offset === 0 ? 0 : 4, Math.floor((offset + bytes.length) / 3) * 4);
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const hex = bytes.toString("hex");
  const url = [
    encodeURIComponent(secret),
    encodeURI(secret),
    new URLSearchParams({ a: secret }).toString().slice(2),
  ];
  const json = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, json, ...url, ...base64, hex, hex.toUpperCase()])];
}

const picture = fileURLToPath(new URL("../fixtures/media/picture.jpg", import.meta.url));
/** In the recipes, and in the settings for what has none, as `chat`. */
const pace = `timeouts: { turn: 2s, change: 500ms, render: 20s }
poll: { state: 50ms, render: 100ms }
`;
const recipe = (url: string): string => `name: canary
env: [CANARY, HOOK]
notify: { on: [failed, finished, needs-you, budget], slack: "\${{ env.HOOK }}" }
inputs:
  - picture.jpg
  - url: ${url}?key=\${{ env.CANARY }}
prompts: make a 1-second video of my photo
export: { quality: low }
${pace}`;

/** Where inputs of a URL lie: one is there, of the other the service's refusal repeats the whole address. */
let media: LoopbackServer;
let emulator: Emulator;
beforeAll(async () => {
  media = await startLoopbackServer(({ path }, response) => {
    response.writeHead(path.startsWith("/there.jpg") ? 200 : 404, { "content-type": "image/jpeg" });
    response.end(path.startsWith("/there.jpg") ? readFileSync(picture) : "");
  });
  emulator = await startEmulator({ workMs: 40, pace: 0.3 });
});
afterAll(async () => {
  await emulator.close();
  await media.close();
});

/** Each command as it may be typed behind runs that delivered, failed and wait. `emulator` serves until it is ended. */
const typed: Readonly<Record<string, readonly string[]>> = {
  run: [
    "run good.yaml",
    "run bad.yaml",
    "run good.yaml --again",
    "run good.yaml --dry-run",
    "run none.yaml",
    "run bad.yaml --report page.html",
  ],
  plan: ["plan good.yaml", "plan bad.yaml --save plan.json"],
  validate: ["validate good.yaml bad.yaml"],
  init: ["init image-video new.yaml"],
  recipes: ["recipes"],
  chat: ["chat picture.jpg"],
  runs: ["runs"],
  show: ["show canary", "show canary --html", "show canary --claim", "show canary --as-recipe"],
  status: ["status"],
  watch: ["watch watched.yaml --once --max-credits 900"],
  schedule: ["schedule good.yaml --next 2"],
  tick: ["tick good.yaml"],
  up: ["up --config up.yaml --max-credits 900 --health 0"],
  resume: ["resume"],
  retry: ["retry"],
  recover: ["recover"],
  resolve: ["resolve canary --drop"],
  approve: ["run reviewed.yaml", "approve reviewed"],
  refine: ["run reviewed.yaml --again --preview", "refine reviewed again"],
  cancel: ["cancel canary"],
  credits: ["credits"],
  doctor: ["doctor", "doctor --config", "doctor good.yaml --notify"],
  schema: ["schema config"],
  emulator: ["emulator --list-faults"],
  completion: ["completion bash"],
};
/** What is said to `chat`. */
const said = "make a 1-second video of my photo\nstatus\ncredits\nexport\n/save\n";
const levels = isWhole
  ? ["", "--json", "--verbose", "--quiet", "--json --verbose", "--log-file log.jsonl"]
  : ["", "--json --verbose"];

function flagsOf(command: string, level: string): string[] | undefined {
  const flags = level.split(" ").filter((flag) => flag !== "");
  const known = commandTable.find(({ name }) => name === command)?.flags;
  if (known === undefined) return undefined;
  const names: Readonly<Record<string, FlagName>> = {
    "--json": "json",
    "--quiet": "quiet",
    "--log-file": "logFile",
  };
  const missing = flags.some((flag) => names[flag] !== undefined && !known.includes(names[flag]));
  return missing ? undefined : flags;
}

interface Seen {
  readonly what: string;
  readonly text: string;
}

/** All that came out of all commands at all levels, and every file that was left behind but the credentials. */
async function everything(cwd: string, env: Readonly<Record<string, string>>): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const [command, lines] of Object.entries(typed)) {
    for (const line of lines) {
      for (const level of levels) {
        const flags = flagsOf(command, level);
        if (flags === undefined) continue;
        const argv = [...line.split(" "), ...flags];
        const stdin = command === "chat" ? said : "";
        const until = command === "up" ? untilHealthIsTold(seen, flags) : {};
        const { stdout, stderr } = await callCli(argv, { cwd, env, stdin, ...until });
        seen.push(
          { what: `${argv.join(" ")} (stdout)`, text: stdout },
          { what: `${argv.join(" ")} (stderr)`, text: stderr },
        );
      }
    }
  }
  const kept = readdirSync(cwd, { recursive: true, encoding: "utf8" })
    .map((name) => join(cwd, name))
    .filter((path) => statSync(path).isFile() && !isCredential(relative(cwd, path)));
  for (const path of kept) seen.push({ what: relative(cwd, path), text: readFileSync(path, "latin1") });
  return seen;
}

/** `up` goes on: it is stopped when what it serves has been read, or, where it says nothing, after a while. */
function untilHealthIsTold(
  seen: Seen[],
  flags: readonly string[],
): Pick<CallOptions, "onOutput" | "stopEveryMs"> {
  if (flags.includes("--quiet")) return { stopEveryMs: 3_000 };
  const read = async (address: string, stop: () => void): Promise<void> => {
    for (const page of ["/metrics", "/readyz", "/none"]) {
      const answer = await fetch(address.replace("/healthz", page));
      seen.push({
        what: `up ${page}`,
        text: `${JSON.stringify([...answer.headers])} ${await answer.text()}`,
      });
    }
    stop();
  };
  return {
    onOutput: (text, { signal }) => {
      const [address] = /http:\/\/127\.0\.0\.1:\d+\/healthz/.exec(text) ?? [];
      if (address !== undefined) void read(address, () => setTimeout(signal, 300));
    },
  };
}

const isCredential = (path: string): boolean =>
  /nemovideo[\\/](?:client_id$|nemo-recipe-tokens[\\/])/.test(path);

function findIn(seen: readonly Seen[], secrets: readonly string[]): string[] {
  const marks = secrets.flatMap((secret) => spellings(secret).map((mark) => ({ secret, mark })));
  return seen.flatMap(({ what, text }) =>
    marks
      // What was read as bytes has characters beyond ASCII as bytes too.
      .filter(({ mark }) => text.includes(mark) || text.includes(Buffer.from(mark).toString("latin1")))
      .map(({ mark }) => `${what}: ${mark}`),
  );
}

function prepare(): { readonly cwd: string; readonly env: Readonly<Record<string, string>> } {
  const cwd = tempDir();
  cpSync(picture, join(cwd, "picture.jpg"));
  writeFileSync(join(cwd, "good.yaml"), recipe(`${media.url}/there.jpg`));
  const watched = recipe(`${media.url}/there.jpg`).replace("name: canary", "name: watched");
  writeFileSync(join(cwd, "watched.yaml"), `${watched}\nwatch: { folder: inbox, settle: 50ms }\n`);
  writeFileSync(join(cwd, "up.yaml"), "up: watched.yaml\n");
  writeFileSync(join(cwd, "nemo-recipe.config.yaml"), pace);
  cpSync(picture, join(cwd, "inbox", "picture.jpg"));
  const reviewed = recipe(`${media.url}/there.jpg`).replace("name: canary", "name: reviewed");
  writeFileSync(join(cwd, "reviewed.yaml"), `${reviewed}review: true\n`);
  writeFileSync(join(cwd, "bad.yaml"), recipe(`${media.url}/gone.jpg`));
  const env = {
    NEMO_API_URL: emulator.url,
    NEMO_CLIENT_ID: canaries.clientId,
    CANARY: canaries.env,
    HOOK: `${media.url}/services/${canaries.hook}`,
  };
  return { cwd, env };
}

describe("X1: no secret in anything written", () => {
  it("every command is typed here", () => {
    expect(commandTable.map(({ name }) => name).filter((name) => typed[name] === undefined)).toEqual([]);
  });

  it("the search finds a secret in each of its spellings", () => {
    const hidden = [
      canaries.env,
      `?key=${encodeURIComponent(canaries.env)}&`,
      Buffer.from(`xx${canaries.env}yy`).toString("base64"),
      Buffer.from(`x${canaries.env}y`).toString("hex"),
    ];
    for (const text of hidden)
      expect(findIn([{ what: "planted", text }], [canaries.env]).length).toBeGreaterThan(0);
  });

  it.each([
    { account: "a registered one", token: canaries.token },
    { account: "an anonymous one", token: undefined },
  ])("with $account", async ({ account, token }) => {
    const { cwd, env } = prepare();
    const seen = await everything(cwd, { ...env, ...(token !== undefined && { NEMO_TOKEN: token }) });
    const given = token ?? anonymousToken(cwd);
    expect(given.length).toBeGreaterThan(20);
    // The secrets were there to be written: the service got each of them.
    expect(media.seen.some(({ path }) => decodeURIComponent(path).includes("canary env"))).toBe(true);
    const told = media.seen.filter(({ path }) => path === `/services/${canaries.hook}`);
    expect(told.length).toBeGreaterThan(0);
    const messages = told.map(({ text }) => ({ what: "notify", text }));
    expect(findIn(messages, [given, ...Object.values(canaries)])).toEqual([]);
    expect(seen.some(({ what }) => what.endsWith("journal.db"))).toBe(true);
    expect(seen.some(({ what }) => what === "up /metrics")).toBe(true);
    expect(findIn(seen, [given, canaries.clientId, canaries.env, canaries.hook])).toEqual([]);
    proven(
      "X1",
      `${seen.length} outputs and files of every command at ${levels.length} levels with ${account}: token, client id, env value and webhook in four encodings: 0 hits`,
    );
  });
});

function anonymousToken(cwd: string): string {
  const folder = join(cwd, ".config/nemovideo/nemo-recipe-tokens");
  const [file = ""] = readdirSync(folder);
  return (JSON.parse(readFileSync(join(folder, file), "utf8")) as { token: string }).token;
}
