import { readdirSync, readFileSync, truncateSync, writeFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { seededRandom } from "../support/seeded-random.ts";
import { children } from "./child.ts";
import { openForTest } from "./open-for-test.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const folder = temporaryFolders();
const start = children();
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it("R3: what was acknowledged survives kill -9, and the next process goes on behind it", async () => {
  const path = join(folder(), "journal.sqlite");
  const random = seededRandom(3);
  const jobs = ["job_a", "job_b", "job_c"];
  const acknowledged = new Map(jobs.map((job) => [job, 0]));
  for (let round = 0; round < 24; round++) {
    const child = start([path, "append", jobs.join(",")]);
    await child.printed(random.between(1, 30));
    await wait(random.between(0, 8));
    child.signal("SIGKILL");
    await child.ended;
    for (const line of child.lines()) {
      const [job = "", seq] = line.split(" ");
      expect(Number(seq), `${job} in round ${round}`).toBeGreaterThan(acknowledged.get(job) ?? NaN);
      acknowledged.set(job, Number(seq));
    }
  }
  const journal = await openForTest(path);
  for (const job of jobs) {
    const events = await journal.read(job);
    expect(events.length).toBeGreaterThanOrEqual(acknowledged.get(job) ?? NaN);
    // The killed process may have written one that it could not acknowledge any more; never one with a gap.
    expect(events.map(({ event }) => event)).toEqual(
      events.map((_, index) => expect.objectContaining({ key: String(index + 1) })),
    );
  }
  await journal.close();
});

it("R5: a torn or cut tail costs the last records only, at whatever byte", async () => {
  const from = folder();
  const child = start([join(from, "journal.sqlite"), "append", "job_a"]);
  await child.printed(40);
  child.signal("SIGKILL");
  await child.ended;
  const wal = readFileSync(join(from, "journal.sqlite-wal"));
  const random = seededRandom(5);
  let seen = 0;
  for (let step = 0; step <= 60; step++) {
    const to = folder();
    const path = join(to, "journal.sqlite");
    cpSync(join(from, "journal.sqlite"), path);
    const length = Math.floor((wal.length * step) / 60);
    const torn = Buffer.from(wal.subarray(0, length));
    // Half of them end in what a disk leaves behind: bytes that were never written.
    if (step % 2 === 1 && length > 600) torn.fill(random.between(0, 255), length - random.between(1, 600));
    writeFileSync(`${path}-wal`, torn);
    const journal = await openForTest(path);
    const events = await journal.read("job_a");
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.length, `cut at byte ${length}`).toBeGreaterThanOrEqual(seen);
    if (step % 2 === 0) seen = events.length;
    await journal.append("job_a", { type: "job-finished" }, events.length);
    await journal.close();
  }
  expect(seen).toBeGreaterThanOrEqual(child.lines().length);
});

it("R9: two processes that drive one job never write the same number", async () => {
  const path = join(folder(), "journal.sqlite");
  const racers = ["first", "second", "third"].map((name) => ({
    name,
    child: start([path, "race", "job_a", name]),
  }));
  await Promise.all(racers.map(({ child }) => child.ended));
  const journal = await openForTest(path);
  const events = await journal.read("job_a");
  await journal.close();
  const winners = events.map(({ event }) => (event.type === "file-uploaded" ? event.key : event.type));
  expect(winners).toHaveLength(100);
  for (const { name, child } of racers) {
    const won = winners.flatMap((winner, index) => (winner === name ? [String(index + 1)] : []));
    expect({ name, won: child.lines() }).toEqual({ name, won });
  }
});

it("R9: a job's lock holds while its holder is stopped, and ends with it", async () => {
  const path = join(folder(), "journal.sqlite");
  const holder = start([path, "lock", "job_a"]);
  await holder.printed(1);
  expect(holder.lines()).toEqual(["locked"]);
  const journal = await openForTest(path);
  expect(await journal.lock("job_a")).toBeUndefined();
  holder.signal("SIGSTOP");
  expect(await journal.lock("job_a")).toBeUndefined();
  expect(await journal.lock("job_b")).toBeDefined();
  holder.signal("SIGKILL");
  await holder.ended;
  expect(await journal.lock("job_a")).toBeDefined();
  const late = start([path, "lock", "job_a"]);
  await late.printed(1);
  expect(late.lines()).toEqual(["busy"]);
  await journal.close();
  // Only the one of the process that lives.
  expect(readdirSync(join(path, "..", "locks"))).toHaveLength(1);
});

it("R10: a disk that takes no more refuses, and pretends nothing", async () => {
  const path = join(folder(), "journal.sqlite");
  const child = start([path, "fill", "job_a"], "ulimit -f 300; trap '' XFSZ;");
  await child.ended;
  const lines = child.lines();
  const taken = lines.filter((line) => /^\d+$/.test(line));
  expect(taken.length).toBeGreaterThan(0);
  expect(lines.slice(taken.length)).toEqual(
    Array(5).fill(expect.stringMatching(/^refused (journal-failed|disk-full)$/)),
  );
  const journal = await openForTest(path);
  expect((await journal.read("job_a")).map(({ seq }) => String(seq))).toEqual(taken);
  await journal.close();
});

it("keeps a journal whose file was cut short, and says what can be saved", async () => {
  const path = join(folder(), "journal.sqlite");
  const journal = await openForTest(path);
  for (let seq = 0; seq < 60; seq++)
    await journal.append("job_a", { type: "file-uploaded", key: "k", name: "n".repeat(2000) }, seq);
  await journal.close();
  truncateSync(path, 20_000);
  await expect(openForTest(path).then((cut) => cut.read("job_a"))).rejects.toMatchObject({
    facts: { code: "journal-failed", message: expect.stringContaining("is damaged") },
  });
  expect(readFileSync(path).length).toBe(20_000);
});
