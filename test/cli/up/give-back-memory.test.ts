import { describe, expect, it } from "vitest";
import { giveBackMemory } from "../../../src/cli/up/give-back-memory.ts";

describe("giveBackMemory", () => {
  const waits: number[] = [];
  const clock = { now: () => 0, sleep: async (ms: number) => void waits.push(ms) };

  it("collects once what starting left behind, and leaves nothing global", async () => {
    await giveBackMemory(clock, new AbortController().signal);
    expect(waits.length).toBe("Bun" in globalThis || "Deno" in globalThis ? 0 : 1);
    expect(Reflect.get(globalThis, "gc")).toBeUndefined();
  });

  it("does nothing where the daemon is stopped before", async () => {
    const stop = new AbortController();
    const stopped = { now: () => 0, sleep: (): Promise<void> => Promise.reject(new Error("stopped")) };
    stop.abort();
    await expect(giveBackMemory(stopped, stop.signal)).resolves.toBeUndefined();
  });
});
