import { readFileSync } from "node:fs";

/** Does the work, and prints as JSON what it took in this process. The peak is that of the process, start included. */
export async function measureHere(work: () => Promise<void> | void): Promise<void> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const wallMs = performance.now() - startedMs;
  process.stdout.write(
    `${JSON.stringify({ cpuMs: (user + system) / 1000, wallMs, peakBytes: peakBytes() })}\n`,
  );
}

/** Linux hands a parent's peak on to its children in `maxRSS`, but not in `VmHWM`. */
function peakBytes(): number {
  const kilobytes =
    process.platform === "linux"
      ? /^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]
      : undefined;
  return Number(kilobytes ?? process.resourceUsage().maxRSS) * 1024;
}
