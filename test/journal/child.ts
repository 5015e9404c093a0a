import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach } from "vitest";
import { sendSignal } from "../support/send-signal.ts";

export interface Child {
  /** Not by way of the child's own `kill`: on Deno that forgets a child that was stopped. */
  signal(name: "SIGKILL" | "SIGSTOP"): void;
  /** Lines printed so far. A line that was cut off is not among them. */
  lines(): string[];
  /** Resolves when that many lines are there; rejects when the child ends first. */
  printed(count: number): Promise<void>;
  /** Resolves when it has ended and all it printed is here. */
  readonly ended: Promise<void>;
}

/** Starts `writer.ts` as a process of its own, on this runtime. All are ended after the test. */
export function children(): (args: readonly string[], shell?: string) => Child {
  const started: Child[] = [];
  afterEach(async () => {
    for (const child of started) child.signal("SIGKILL");
    await Promise.all(started.splice(0).map(({ ended }) => ended));
  });
  return (args, shell = "") => {
    const writer = fileURLToPath(new URL("writer.ts", import.meta.url));
    const command = [process.execPath, ...("Deno" in globalThis ? ["run", "-A"] : []), writer, ...args];
    const child = listen(
      spawn("sh", ["-c", `${shell} exec "$@"`, "sh", ...command], { stdio: ["ignore", "pipe", "inherit"] }),
    );
    started.push(child);
    return child;
  };
}

function listen(child: ReturnType<typeof spawn>): Child {
  let output = "";
  let hasEnded = false;
  let wake = (): void => undefined;
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    wake();
  });
  const ended = new Promise<void>((resolve) =>
    child.on("close", () => {
      hasEnded = true;
      wake();
      resolve();
    }),
  );
  const lines = (): string[] => output.split("\n").slice(0, -1);
  const printed = async (count: number): Promise<void> => {
    while (lines().length < count) {
      if (hasEnded) throw new Error(`ended after ${lines().length} lines: ${output}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const signal: Child["signal"] = (name) => {
    if (!hasEnded && child.pid !== undefined) sendSignal(child.pid, name);
  };
  return { signal, lines, printed, ended };
}
