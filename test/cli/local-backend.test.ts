import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openLocalBackend, type LocalBackend } from "../../src/cli/local-backend.ts";
import type { Screen } from "../../src/cli/screen.ts";
import { paintFor } from "../../src/cli/paint.ts";
import { openForTest, wallClock } from "../journal/open-for-test.ts";
import { tempDir } from "../support/temp-dir.ts";

interface Process {
  open(signal?: AbortSignal): Promise<LocalBackend>;
  readonly said: string[];
  readonly lock: (name: string) => Promise<unknown>;
}

async function process(stateDir: string): Promise<Process> {
  const journal = await openForTest(join(stateDir, "journal.db"));
  onTestFinished(() => journal.close());
  const said: string[] = [];
  const screen: Screen = {
    paint: paintFor(false),
    outPaint: paintFor(false),
    live: false,
    out: (line) => said.push(line),
    note: (line) => said.push(line),
    alert: (line) => said.push(line),
    picture: () => undefined,
    share: () => () => undefined,
  };
  return {
    open: (signal) => openLocalBackend({ stateDir, journal, screen, ...(signal && { signal }) }),
    said,
    lock: (name) => journal.lock(name),
  };
}

/** The status of an answer, as soon as there is one. */
async function answer(url: string): Promise<number> {
  for (;;)
    try {
      return (await fetch(`${url}/nothing-here`)).status;
    } catch {
      await wallClock.sleep(20);
    }
}

test("two processes share the local backend, and the second one keeps it when the first ends", async () => {
  const stateDir = tempDir();
  const [first, second, third] = [await process(stateDir), await process(stateDir), await process(stateDir)];
  const one = await first.open();
  const two = await second.open();
  expect(two.apiUrl).toBe(one.apiUrl);
  expect(await answer(two.apiUrl)).toBe(404);
  await one.close();
  expect(await answer(two.apiUrl)).toBe(404);
  const three = await third.open();
  expect(three.apiUrl).toBe(two.apiUrl);
  await three.close();
  expect(await answer(two.apiUrl)).toBe(404);
  await two.close();
  expect([first.said, second.said, third.said]).toEqual([[], [], []]);
});

test("a holder that serves nobody is waited for, and said so once; Ctrl-C ends that", async () => {
  const stateDir = tempDir();
  const [first, second] = [await process(stateDir), await process(stateDir)];
  await first.lock("local-backend");
  const stop = new AbortController();
  const waiting = second.open(stop.signal);
  while (second.said.length === 0) await wallClock.sleep(20);
  stop.abort(new Error("interrupted"));
  await expect(waiting).rejects.toThrow("interrupted");
  expect(second.said).toEqual([
    expect.stringContaining("Another process is opening or closing the local backend of"),
  ]);
});

test("where somebody else listens at its last port, it takes another, and others find it there", async () => {
  const stateDir = tempDir();
  const [first, second] = [await process(stateDir), await process(stateDir)];
  const before = await first.open();
  await before.close();
  const stranger = createServer().listen(Number(new URL(before.apiUrl).port), "127.0.0.1");
  onTestFinished(() => void stranger.close());
  await once(stranger, "listening");
  const one = await first.open();
  const two = await second.open();
  expect(one.apiUrl).not.toBe(before.apiUrl);
  expect(two.apiUrl).toBe(one.apiUrl);
  await two.close();
  await one.close();
});
