// A conversation at a terminal: what is typed while another message is worked at waits, Ctrl-C leaves what is paid.
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../../src/emulator/start-emulator.ts";
import { callCli, type CalledCli, type CallOptions } from "../../support/call-cli.ts";
import { tempDir } from "../../support/temp-dir.ts";

let service: Emulator;
let dir = "";
beforeEach(() => {
  dir = tempDir();
  writeFileSync(
    join(dir, "nemo-recipe.config.yaml"),
    "poll: { state: 40ms, render: 1500ms }\ntimeouts: { turn: 60s, silence: 30s, idle: 30s, change: 400ms, render: 20s }\n",
  );
});
afterEach(async () => {
  await service.close();
});

type Act = Parameters<NonNullable<CallOptions["onOutput"]>>[1];

/** Acts once at each text that appears, in order. */
function script(...steps: readonly (readonly [RegExp, (act: Act) => void])[]): Partial<CallOptions> {
  const left = [...steps];
  let seen = "";
  return {
    terminal: { columns: 100 },
    onOutput: (text, act) => {
      seen += text;
      const [next] = left;
      if (next === undefined || !next[0].test(seen)) return;
      left.shift();
      seen = "";
      setTimeout(() => next[1](act), 1);
    },
  };
}

const chat = (options: Partial<CallOptions>, args: readonly string[] = []): Promise<CalledCli> =>
  callCli(["chat", ...args], {
    cwd: dir,
    ...options,
    env: {
      NEMO_RECIPE_STATE_DIR: join(dir, "state"),
      NEMO_API_URL: service.url,
      NO_COLOR: "1",
      ...options.env,
    },
  });
const sent = (): readonly string[] => service.ledger.turns.map(({ text }) => text);

test("greets, answers, keeps in line what is typed meanwhile, says how to come back", async () => {
  service = await startEmulator({ workMs: 40, pace: 0.3, credits: 1000 });
  const { stderr, stdout, exitCode } = await chat(
    script(
      [
        /Three things to try/,
        ({ type }) =>
          type(
            "make a 1-second video of a sunset\rmake it warmer\r\u001b[200~make it\nvertical\u001b[201~\r",
          ),
      ],
      [/picture: 1920×1080 → 1080×1920/, ({ type }) => type("/quit\r")],
    ),
  );
  expect(exitCode).toBe(0);
  expect(stdout).toBe("");
  expect(sent()).toEqual(["make a 1-second video of a sunset", "make it warmer", "make it\nvertical"]);
  expect(stderr).toMatch(/To come back: nemo-recipe chat --session job_\w+\n/);
  const history = join(dir, "state", "chat-history");
  expect(readFileSync(history, "utf8")).toBe(
    "make a 1-second video of a sunset\nmake it warmer\nmake it vertical\n/quit\n",
  );
  if (process.platform !== "win32") expect(statSync(history).mode & 0o777).toBe(0o600);
});

test("Ctrl-C leaves the paid turn to the service; --session looks after it and sends nothing again", async () => {
  service = await startEmulator({ faults: "heartbeats-only@1", workMs: 300, pace: 0.3, credits: 1000 });
  const first = await chat(
    script(
      [/to try/, ({ type }) => type("make a 1-second video of a sunset\r")],
      [/takes 100 to 300 seconds/, ({ type }) => type("make it red\r")],
      [/⋯ make it red/, ({ type }) => type("\u0003")],
    ),
  );
  expect(first.exitCode).toBe(130);
  expect(first.stderr).toContain("left to the service");
  expect(first.stderr).toContain("1 message was not sent.\n  › make it red\n");
  const [, job = ""] = /--session (job_\w+)/.exec(first.stderr) ?? [];
  const back = await chat(
    script([
      /Cut off while this was worked on: make a 1-second video of a sunset/,
      ({ type }) => type("/quit\r"),
    ]),
    ["--session", job],
  );
  expect(back.exitCode).toBe(0);
  expect(back.stderr).toContain("On the timeline:");
  expect(sent()).toHaveLength(1);
});

test("Ctrl-C takes away what is typed, then ends; Ctrl-D ends; a second one ends at once", async () => {
  service = await startEmulator({ workMs: 40, pace: 0.3 });
  const cleared = await chat(
    script([/to try/, ({ type }) => type("make it\u0003")], [/› /, ({ type }) => type("\u0003")]),
  );
  expect(cleared.exitCode).toBe(130);
  expect(await chat(script([/to try/, ({ type }) => type("\u0004")]))).toMatchObject({ exitCode: 0 });
  expect(sent()).toEqual([]);
  expect(existsSync(join(dir, "state", "chat-history"))).toBe(false);
});

test("in Chinese, without colours, at 40 columns", async () => {
  service = await startEmulator({ workMs: 40, pace: 0.3 });
  const { stderr } = await chat({
    ...script([/quit 结束/, ({ type }) => type("/help\r")], [/一切都会保留/, ({ type }) => type("退出\r")]),
    terminal: { columns: 40 },
    env: { LC_ALL: "zh_CN.UTF-8" },
  });
  expect(stderr).toContain("说说想做什么视频");
  expect(stderr).not.toContain("\u001b[3");
});

test("who answers the service goes on at once; how things stand is said while it works", async () => {
  writeFileSync(
    join(dir, "nemo-recipe.config.yaml"),
    "poll: { state: 40ms, render: 1500ms }\ntimeouts: { turn: 60s, silence: 60s, idle: 60s, change: 1h }\n",
  );
  service = await startEmulator({ faults: "question@1", workMs: 40, pace: 0.3, credits: 1000 });
  const { stderr, exitCode } = await chat(
    script(
      [/to try/, ({ type }) => type("hm\r")],
      [/Type what you say/, ({ type }) => type("/status\rexprot\r/credits\r\r")],
      [/1000 credits available/, ({ type }) => type("make a 1-second video of a sunset\r")],
      [/Next: say what to change/, ({ type }) => type("/quit\r")],
    ),
  );
  expect(exitCode).toBe(0);
  // The question itself made nothing: the emulator lists it nowhere.
  expect(sent()).toEqual(["make a 1-second video of a sunset"]);
  expect(stderr).toContain("Being worked on: hm");
  expect(stderr).toContain("Did you mean /export? Nothing was sent");
  expect(stderr).toMatch(/An answer, and no change so far\..*up to\s(?:59m|1h)/s);
  expect(stderr).toContain("You went on before its cost was sure");
});

test("a question that was left open can be answered when one comes back", async () => {
  const config = join(dir, "nemo-recipe.config.yaml");
  writeFileSync(config, readFileSync(config, "utf8").replace("change: 400ms", "change: 1h"));
  service = await startEmulator({ faults: "question@1", workMs: 40, pace: 0.3, credits: 1000 });
  const left = await chat(
    script([/to try/, ({ type }) => type("hm\r")], [/Type what you say/, ({ type }) => type("\u0003")]),
  );
  expect(left.exitCode).toBe(130);
  const [, job = ""] = /--session (job_\w+)/.exec(left.stderr) ?? [];
  const back = await chat(
    script(
      [/while this was worked on: hm\n.*Which of the two styles/s, () => {}],
      [/Type what you say/, ({ type }) => type("make a 1-second video of a sunset\r")],
      [/Next: say what to change/, ({ type }) => type("/save talk\r")],
      [/Saved as talk/, ({ type }) => type("/quit\r")],
    ),
    ["--session", job],
  );
  expect(back.exitCode).toBe(0);
  const recipe = readFileSync(join(dir, "talk.yaml"), "utf8");
  expect(recipe).toContain("prompts:\n  - hm\n\nrefinements:\n  - make a 1-second video of a sunset\n");
  expect(service.ledger.sessions).toHaveLength(1);
});
