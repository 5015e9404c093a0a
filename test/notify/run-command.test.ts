// A command of the user's, whatever it does: it gets the notice, and never holds a run up.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { deliverNotice } from "../../src/notify/deliver-notice.ts";
import { wallClock } from "../support/wall-clock.ts";
import { tempDir } from "../support/temp-dir.ts";
import { noticeFor, runOf } from "./stories.ts";

const notice = noticeFor(runOf([{ name: "$(touch pwned); `id`", end: "failed" }]));
const post = (): never => {
  throw new Error("nothing is posted");
};

interface Told {
  readonly cwd: string;
  readonly why: string | undefined;
}

/** Runs a script of this runtime; on Windows and elsewhere the same. */
function tell(
  script: string,
  more: { args?: string[]; env?: Record<string, string>; times?: number } = {},
): Promise<Told> {
  const cwd = tempDir();
  writeFileSync(join(cwd, "tell.mjs"), script);
  const runtime =
    process.versions["deno"] === undefined ? [process.execPath] : [process.execPath, "run", "-A"];
  return start([...runtime, "tell.mjs", ...(more.args ?? [])], { ...more, cwd });
}

async function start(
  [program = "", ...args]: string[],
  { cwd, env = {}, times = 1 }: { cwd: string; env?: Record<string, string>; times?: number },
): Promise<Told> {
  const { signal } = new AbortController();
  const clock = wallClock(times);
  const machine = Object.fromEntries(
    ["PATH", "SystemRoot", "HOME"].flatMap((name) =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    ),
  );
  const ports = { post, clock, env: { ...machine, ...env }, signal };
  return {
    cwd,
    why: await deliverNotice(notice, { kind: "command", command: [program, ...args], cwd }, ports),
  };
}

describe("a command", () => {
  test("gets the notice on its standard input, its arguments as they are, and no token", async () => {
    const script = `import { writeFileSync } from "node:fs";
let text = "";
for await (const chunk of process.stdin) text += chunk;
const { NEMO_NOTICE_TITLE: title, NEMO_NOTICE_ON: on, NEMO_NOTICE_RUN: run, NEMO_TOKEN: token, NEMO_CLIENT_ID: id, OWN: own } = process.env;
writeFileSync("got.json", JSON.stringify({ stdin: JSON.parse(text), title, on, run, own, token, id, args: process.argv.slice(2) }));`;
    const args = ["$(touch pwned)", "a b; c", "-x"];
    const env = { NEMO_TOKEN: "nmv_usr_secret", NEMO_CLIENT_ID: "client-secret", OWN: "mine" };
    const { cwd, why } = await tell(script, { args, env });
    expect(why).toBeUndefined();
    expect(JSON.parse(readFileSync(join(cwd, "got.json"), "utf8"))).toEqual({
      stdin: notice,
      title: notice.title,
      on: "failed",
      run: "run_1",
      own: "mine",
      args,
    });
    expect(existsSync(join(cwd, "pwned"))).toBe(false);
  });

  test("that does not read is no trouble, nor one that writes a lot", async () => {
    const { why } = await tell(
      `process.stdout.write("x".repeat(1_000_000)); process.stderr.write("y".repeat(1_000_000));`,
    );
    expect(why).toBeUndefined();
  });

  test("that fails is told by its exit code and its last line", async () => {
    const { why } = await tell(
      `console.error("first"); console.error("\\u001b[31mno such channel"); process.exitCode = 3;`,
    );
    expect(why).toMatch(/^it ended with exit code 3: no such channel$/);
  });

  test.each([
    { says: "that is not there", command: ["no-such-program-here", "x"], why: /there is no such program/ },
    {
      says: "without a name that can be",
      command: ["no\0such"],
      why: /could not be started|no such program/,
    },
  ])("$says is told", async ({ command, why }) => {
    expect((await start(command, { cwd: tempDir() })).why).toMatch(why);
  });

  test("whose folder is gone is told", async () => {
    const cwd = join(tempDir(), "gone");
    expect((await start([process.execPath, "--version"], { cwd })).why).toMatch(
      /folder is gone|could not be started/,
    );
  });

  test.skipIf(process.platform === "win32")("that hangs is ended with its children after 20 s", async () => {
    const cwd = tempDir();
    writeFileSync(
      join(cwd, "hang.sh"),
      "trap '' TERM\nsleep 300 &\necho $! > child\nwait\nwhile true; do sleep 1; done\n",
    );
    const { why } = await start(["sh", "hang.sh"], { cwd, times: 20 });
    expect(why).toBe("it did not end within 20 s");
    const child = Number(readFileSync(join(cwd, "child"), "utf8"));
    await expect.poll(() => isRunning(child)).toBe(false);
  });
});

/** A child whose parent has gone may stay as a name without a life. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (!existsSync(`/proc/${pid}/stat`)) return true;
  return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}
