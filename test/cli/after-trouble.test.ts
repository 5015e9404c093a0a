import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { journalPath } from "../../src/cli/journal-path.ts";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { openJournal } from "../../src/journal/sqlite-journal.ts";
import { callAt } from "../support/call-at.ts";
import type { CalledCli, CallOptions } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";
import { wallClock } from "../support/wall-clock.ts";

const picture = readFileSync(new URL("../fixtures/media/picture.jpg", import.meta.url));
let service: Emulator | undefined;
let dir = "";
beforeEach(() => {
  dir = tempDir();
});
afterEach(async () => {
  await service?.close();
  service = undefined;
});

const serve = async (faults: string, workMs = 50): Promise<Emulator> =>
  (service = await startEmulator({ faults, workMs, pace: 0.2, credits: 1000 }));

const quick = `poll: { state: 40ms, render: 500ms }
retry: { attempts: 2, delay: 20ms, maxDelay: 20ms }
timeouts: { turn: 600ms, silence: 400ms, idle: 300ms, change: 300ms, render: 9s }
`;
const impatient = quick.replace("render: 500ms", "render: 150ms");
const put = (name: string, text: string, timing = quick): void =>
  writeFileSync(
    join(dir, name),
    text + (text.includes("export:") ? timing : `export: { quality: low }\n${timing}`),
  );
const twoTurns = `prompts: make a 1-second video\nrefinements: show the title "Hi"\n`;

const call = (args: string, options: Partial<CallOptions> = {}): Promise<CalledCli> =>
  callAt({ dir, apiUrl: service?.url }, args, options);

const turns = (): number => service?.ledger.turns.length ?? -1;
const jobId = async (name = "promo"): Promise<string> =>
  (JSON.parse((await call(`show ${name} --json`)).stdout) as { id: string }).id;

/** Answers each question as it is asked. */
const answering = (...answers: string[]): Partial<CallOptions> => {
  const left = [...answers];
  return {
    terminal: { columns: 100 },
    onOutput: (text, act) => {
      if (/\[(y\/N|leave it as it is)\]/.test(text)) act.type(`${left.shift() ?? ""}\n`);
    },
  };
};

describe("a parked job", () => {
  const park = async (): Promise<void> => {
    await serve("hung-before@2");
    put("promo.yaml", twoTurns);
    const parked = await call("run promo.yaml");
    expect(parked.exitCode).toBe(75);
    expect(parked.stderr).toContain("nemo-recipe resolve");
    expect(parked.stderr).not.toMatch(/try again/i);
    expect(turns()).toBe(1);
  };

  test("is listed, is shown with its evidence, and is neither run nor resumed", async () => {
    await park();
    const status = await call("status");
    expect(status.stdout).toContain("turn-unknown");
    expect(status.stdout).toMatch(/\d+ credits reserved/);
    const lines = (await call("status --json")).stdout.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { type: "job", name: "promo", standing: "parked" },
      { type: "status", unfinished: 1 },
    ]);
    const recipe = (await call("show promo --as-recipe")).stdout;
    expect(recipe).toMatch(/^# What promo \(job_\w+\) was to do\. It is not done: `nemo-recipe resume job_/);
    const { stdout } = await call("show promo");
    for (const part of [
      'prompt    "show the title',
      "sent ",
      "stream ",
      "draft ",
      "before: Timeline (",
      "credits   before: ",
    ])
      expect(stdout).toContain(part);
    for (const decision of ["adopt", "resend", "drop"]) expect(stdout).toContain(`--${decision}`);
    expect((await call("run promo.yaml")).exitCode).toBe(75);
    expect((await call("resume")).exitCode).toBe(75);
    expect((await call("retry promo")).exitCode).toBe(75);
    expect((await call("recover")).exitCode).toBe(75);
    expect((await call("cancel promo")).exitCode).toBe(75);
    expect(turns()).toBe(1);
  });

  test("is known by itself as long as another process looks: resolve says until when", async () => {
    await serve("hung-before@2");
    put("promo.yaml", twoTurns, quick.replace("change: 300ms", "change: 30s"));
    let asked: Promise<CalledCli> | undefined;
    const run = await call("run promo.yaml", {
      onOutput: (text, act) => {
        if (text.includes("nobody heard the end"))
          asked ??= call("resolve promo --adopt").finally(() => act.signal());
      },
    });
    expect(run.exitCode).toBe(130);
    const { exitCode, stderr } = (await asked) ?? run;
    expect([exitCode, stderr]).toEqual([75, expect.stringContaining("looks for what became of its turn")]);
    expect(stderr).toMatch(/by \d{4}-\d\d-\d\d \d\d:\d\d it knows/);
  });

  test("is not decided by accident: outside a terminal the flags are named, and two exclude each other", async () => {
    await park();
    const bare = await call("resolve promo");
    expect(bare).toMatchObject({ exitCode: 2, stdout: "" });
    expect(bare.stderr).toContain("say --adopt, --resend or --drop");
    expect((await call("resolve promo --adopt --drop")).exitCode).toBe(2);
    expect((await call("resolve nothing --drop")).exitCode).toBe(2);
    const left = await call("resolve promo", answering(""));
    expect(left.exitCode).toBe(75);
    expect(left.stderr).toContain("Nobody can know whether this turn ran:");
    const unsure = await call("resolve promo", answering("resend", "n"));
    expect(unsure.exitCode).toBe(75);
    expect(unsure.stderr).toContain("the prompt is paid twice");
    expect((await call("status")).stdout).toContain("turn-unknown");
  });

  test("--adopt: resume takes the video as it stands, and sends nothing", async () => {
    await park();
    const adopted = await call("resolve promo --adopt");
    expect(adopted.exitCode).toBe(0);
    expect(adopted.stderr).toContain(`nemo-recipe resume ${await jobId()}`);
    expect(await call("resume")).toMatchObject({ exitCode: 0, stdout: "out/promo.mp4\n" });
    expect(turns()).toBe(1);
    expect((await call("resolve promo --adopt")).exitCode).toBe(2);
  });

  test("of another backend: status and resume name the command that reaches it", async () => {
    await park();
    const elsewhere = { env: { NEMO_API_URL: "http://127.0.0.1:9" } };
    const backend = new URL(service?.url ?? "").origin;
    const command = `nemo-recipe resume ${await jobId()} --backend ${backend}`;
    const refused = await call("resume", elsewhere);
    expect(refused.exitCode).toBe(75);
    expect(refused.stderr).toContain(`1 job began on ${backend}: \`${command}\``);
    expect((await call("status", elsewhere)).stdout).toContain(`\`nemo-recipe resume --backend ${backend}\``);
    expect((await call("status")).stdout).not.toContain("--backend");
    await call("resolve promo --adopt", elsewhere);
    expect((await call("status", elsewhere)).stdout).toContain(`next: ${command}\n`);
    expect(await call(command.replace("nemo-recipe ", ""), elsewhere)).toMatchObject({ exitCode: 0 });
    expect(turns()).toBe(1);
  });

  test("--resend: says that both may be paid, and resume sends it once more", async () => {
    await park();
    const again = await call("resolve promo", answering("resend", "y"));
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toContain("both are paid");
    expect(turns()).toBe(1);
    expect(await call("resume")).toMatchObject({ exitCode: 0, stdout: "out/promo.mp4\n" });
    expect(turns()).toBe(2);
  });

  test("--drop: nothing goes on from there, and only a new run makes it anew", async () => {
    await park();
    expect((await call("resolve promo --drop")).exitCode).toBe(0);
    const over = await call("resolve promo --adopt");
    expect(over.stderr).toMatch(/nothing to decide/);
    expect(over.stderr).not.toContain("resume");
    expect((await call("show promo")).stdout).toMatch(
      /next: .*paid anew: `nemo-recipe retry job_\w+ --again`/,
    );
    expect((await call("status")).stdout).not.toContain("promo  ");
    expect((await call("show promo --as-recipe")).stdout).toContain("makes all of it anew, and pays for it");
    expect((await call("resume promo")).stderr).toContain("Nothing to resume");
    expect(await call("recover")).toMatchObject({ exitCode: 0, stdout: "" });
    const given = await call("retry promo");
    expect(given.exitCode).toBe(1);
    expect(given.stderr).toContain("--again");
    expect(turns()).toBe(1);
    expect((await call("run promo.yaml")).exitCode).toBe(0);
    expect(turns()).toBe(3);
  });
});

describe("retry", () => {
  test("makes failed jobs again from the step that failed, of the latest run with failures", async () => {
    await serve("code-2001@2*2");
    put("promo.yaml", twoTurns);
    expect((await call("retry")).stderr).toContain("Nothing to retry");
    expect((await call("run promo.yaml")).exitCode).toBe(3);
    put("other.yaml", "prompts: make a 1-second film\n");
    expect((await call("run other.yaml --max-credits 500")).exitCode).toBe(3);
    expect((await call("retry promo")).exitCode).toBe(0);
    expect(turns()).toBe(2);
    expect(await call("retry")).toMatchObject({ exitCode: 0, stdout: "out/other.mp4\n" });
    expect(await call("retry")).toMatchObject({ exitCode: 0, stdout: "" });
    expect(turns()).toBe(3);
  });

  test("--again makes a fresh take also of what succeeded, under a name of its own", async () => {
    await serve("");
    put("promo.yaml", "prompts: make a 1-second video\n");
    expect((await call("run promo.yaml")).exitCode).toBe(0);
    expect(await call("retry promo")).toMatchObject({ exitCode: 0, stdout: "" });
    expect(await call("retry promo --again")).toMatchObject({ exitCode: 0, stdout: "out/promo-take2.mp4\n" });
    expect(await call("retry promo-take2 --again")).toMatchObject({ stdout: "out/promo-take3.mp4\n" });
    expect(turns()).toBe(3);
    const latest = await call("run promo.yaml");
    expect(latest.stderr).toContain("up to date");
    expect(turns()).toBe(3);
  });

  test("knows a file by its bytes and by the path where it was", async () => {
    await serve("code-4001@1");
    for (const name of ["a", "b"])
      writeFileSync(join(dir, `${name}.jpg`), new Uint8Array([...picture, name.charCodeAt(0)]));
    put("each.yaml", "inputs: [a.jpg, b.jpg]\nbatch: each\nconcurrency: 1\nprompts: make a 1-second video\n");
    expect((await call("run each.yaml --yes")).exitCode).toBe(1);
    expect(turns()).toBe(1);
    expect((await call("retry b.jpg")).stdout).toBe("");
    expect(await call("retry a.jpg")).toMatchObject({ exitCode: 0, stdout: "out/each-a.mp4\n" });
    rmSync(join(dir, "b.jpg"));
    expect((await call("retry b.jpg")).stderr).toContain("Nothing to retry");
    expect((await call("retry c.jpg")).exitCode).toBe(2);
    expect(turns()).toBe(2);
  });

  test("asks before several jobs that pay", async () => {
    await serve("code-2001@1*2");
    put("two.yaml", "matrix: { mood: [calm, wild] }\nprompts: make a 1-second ${{ matrix.mood }} video\n");
    expect((await call("run two.yaml --yes")).exitCode).toBe(3);
    const refused = await call("retry");
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain("nobody has agreed");
    expect(turns()).toBe(0);
    expect((await call("retry --yes")).exitCode).toBe(0);
    expect(turns()).toBe(2);
  });

  test("of a session that is lost says what was paid, and only --again pays anew", async () => {
    await serve("lost-session@2");
    put("promo.yaml", twoTurns);
    expect((await call("run promo.yaml")).exitCode).toBe(1);
    const lost = await call("retry promo");
    expect(lost.exitCode).toBe(1);
    expect(lost.stderr).toMatch(/has forgotten its session \(\d+ credits\)[^]*--again/);
    const again = await call("run promo.yaml");
    expect(again.exitCode).toBe(3);
    expect(again.stderr).toContain("Nothing was sent");
    expect(turns()).toBe(1);
    expect((await call("run promo.yaml --yes")).exitCode).toBe(0);
    expect(turns()).toBe(3);
  });
});

describe("recover", () => {
  test.each([
    ["a plan that blocked the export", "code-402@1"],
    ["a render that took too long", "render-stuck@1"],
    ["a link that died, and the download as well", "link-dies@1*9,http-500:download@1*9"],
  ])("fetches at no cost what was paid: %s", async (_, faults) => {
    await serve(faults);
    put("promo.yaml", "prompts: make a 1-second video\n", impatient);
    const first = await call("run promo.yaml");
    expect(first).toMatchObject({ exitCode: 1, stdout: "" });
    expect(first.stderr).toMatch(/nemo-recipe (recover|resume)/);
    for (let tries = 0; tries < 5 && !existsSync(join(dir, "out/promo.mp4")); tries++) await call("recover");
    expect(existsSync(join(dir, "out/promo.mp4"))).toBe(true);
    expect(await call("recover")).toMatchObject({ exitCode: 0, stdout: "" });
    expect(turns()).toBe(1);
  });

  test("prints the paths, and leaves turns that were never sent to resume", async () => {
    await serve("code-402@1");
    writeFileSync(join(dir, "a.jpg"), picture);
    put(
      "promo.yaml",
      "inputs: [a.jpg]\nprompts: make a 1-second video\nvariants: [{ name: wide }, { name: tall, prompt: make it 9:16 }]\n",
    );
    expect((await call("run promo.yaml")).exitCode).toBe(1);
    const recovered = await call("recover");
    expect(recovered).toMatchObject({ exitCode: 0, stdout: "out/promo-wide.mp4\n" });
    expect(recovered.stderr).toContain("nemo-recipe resume job_");
    expect(turns()).toBe(1);
    expect(await call("recover")).toMatchObject({ exitCode: 0, stdout: "" });
    expect(await call(`resume ${await jobId()}`)).toMatchObject({
      exitCode: 0,
      stdout: "out/promo-tall.mp4\n",
    });
    expect(turns()).toBe(2);
  });
});

describe("cancel", () => {
  test("stops a job that another process drives before its next turn; resume takes it up when it is named", async () => {
    await serve("", 1500);
    put("promo.yaml", twoTurns.replace("Hi", "Ho"));
    let cancelled: Promise<CalledCli> | undefined;
    const stopped = await call("run promo.yaml", {
      onOutput: (text) => {
        if (/turn(?: 1 of 2)?:/.test(text)) cancelled ??= call("cancel promo");
      },
    });
    const said = await cancelled;
    expect(said?.stderr).toContain("asked to send no further turn");
    expect([stopped.exitCode, turns()]).toEqual([1, 1]);
    expect(stopped.stderr).toContain("(cancelled)");
    expect(stopped.stderr).toContain("nemo-recipe resume");
    expect(await call("resume")).toMatchObject({ exitCode: 0, stdout: "" });
    expect(await call("resume promo")).toMatchObject({ exitCode: 0, stdout: "out/promo.mp4\n" });
    expect(turns()).toBe(2);
  });

  test("says what it can stop of a job that nobody drives", async () => {
    await serve("code-402@1");
    put("promo.yaml", "prompts: make a 1-second video\n");
    expect((await call("run promo.yaml")).exitCode).toBe(1);
    const first = await call("cancel promo");
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toContain("nemo-recipe recover");
    expect((await call("cancel promo")).stderr).toContain("nothing to stop");
    expect(await call("recover")).toMatchObject({ exitCode: 0, stdout: "out/promo.mp4\n" });
    expect((await call("cancel nobody")).exitCode).toBe(2);
  });

  test("a name means the job that a command can do something for, not one that was made of the same name since", async () => {
    await serve("");
    put("promo.yaml", "prompts: make a 1-second video\nreview: true\n");
    await call("run promo.yaml");
    const waiting = await jobId();
    put("promo.yaml", "prompts: make a 1-second film\n");
    expect((await call("run promo.yaml")).exitCode).toBe(0);
    expect(await jobId()).not.toBe(waiting);
    const path = journalPath(join(dir, "state"));
    const journal = await openJournal({ path, clock: wallClock(), onWarning: () => {} });
    const lock = await journal.lock(waiting);
    expect((await call("cancel promo")).stderr).toContain("asked to send no further turn");
    await lock?.release();
    await journal.close();
    expect(await call("approve promo")).toMatchObject({ exitCode: 0, stdout: "out/promo.mp4\n" });
    expect((await call("cancel promo")).stderr).toContain("nothing to stop");
    expect(turns()).toBe(2);
  });

  test("of a run starts no further job of it", async () => {
    await serve("", 1200);
    put(
      "three.yaml",
      "matrix: { mood: [calm, wild, odd] }\nconcurrency: 1\nprompts: make a 1-second ${{ matrix.mood }} video\n",
    );
    let cancelled: Promise<CalledCli> | undefined;
    const stopped = await call("run three.yaml --yes", {
      onOutput: (text) => {
        if (/turn(?: 1 of 2)?:/.test(text)) cancelled ??= call("cancel run_");
      },
    });
    expect((await cancelled)?.stderr).toContain("no further job of it is started");
    expect(stopped.exitCode).toBe(1);
    expect(stopped.stdout).toBe("out/three-calm.mp4\n");
    expect(turns()).toBe(1);
  });
});

test("two runs of one recipe at once: one makes it, the other names the job, says busy and ends with 75", async () => {
  await serve("", 600);
  put("promo.yaml", "prompts: make a 1-second video\n");
  const both = await Promise.all([call("run promo.yaml"), call("run promo.yaml")]);
  const [first, second] = both.sort((left, right) => left.exitCode - right.exitCode);
  expect([first.exitCode, second.exitCode]).toEqual([0, 75]);
  expect(second.stderr).toMatch(/promo: passed over: another process/);
  expect(turns()).toBe(1);
});
