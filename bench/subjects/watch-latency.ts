// watch-latency.ts <folder> <files> <photo>: photos dropped one by one; the wall time told is the 99th percentile of how
// long after its settling each was given out. With `bare` as a fourth word: of the system's own event, without a watch.
import { readFileSync, watch as watchOfNode, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openWatch } from "./open-watch.ts";

const [root = "", files = "0", photo = "", kind] = process.argv.slice(2);
const settleMs = 100;
const bytes = readFileSync(photo);
const before = process.cpuUsage();
const lateMs = kind === "bare" ? await bareLatencies() : await watchLatencies();
lateMs.sort((left, right) => left - right);
const { user, system } = process.cpuUsage(before);
const wallMs = lateMs[Math.ceil(lateMs.length * 0.99) - 1];
process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000, wallMs })}\n`);
process.exit(0);

async function watchLatencies(): Promise<number[]> {
  const watch = await openWatch(root, { settleMs });
  await watch.started;
  const late: number[] = [];
  for (let number = 0; number < Number(files); number++) {
    const writtenMs = drop(number);
    await watch.next();
    late.push(performance.now() - writtenMs - settleMs);
  }
  return late;
}

async function bareLatencies(): Promise<number[]> {
  const late: number[] = [];
  for (let number = 0; number < Number(files); number++) {
    const heard = new Promise<void>((resolve) => {
      const watcher = watchOfNode(root, () => {
        watcher.close();
        resolve();
      });
    });
    await sleep(5);
    const writtenMs = drop(number);
    await heard;
    late.push(performance.now() - writtenMs);
  }
  return late;
}

function drop(number: number): number {
  writeFileSync(join(root, `${number}.jpg`), bytes);
  return performance.now();
}
