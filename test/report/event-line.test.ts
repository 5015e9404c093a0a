import { describe, expect, it } from "vitest";
import { eventLine } from "../../src/report/event-line.ts";
import { eventJsonSchema, eventSchema } from "../../src/report/event-schema.ts";
import { everyDaemonReport } from "./daemon-reports.ts";
import { everyReport, facts, reportedJob, secrets, startMs } from "./reports.ts";

const typesIn = (schema: object): unknown[] => {
  const { oneOf } = schema as { oneOf: { properties: { type: { const: string } } }[] };
  return oneOf.map(({ properties }) => properties.type.const);
};

describe("eventLine", () => {
  it.each(everyReport("hello").map((report) => [eventLine(report)]))("fits the schema: %s", (line) => {
    expect(eventSchema.safeParse(JSON.parse(line)).error).toBeUndefined();
    expect(line).not.toContain("\n");
  });

  it("has every type that the schema promises, and no other", () => {
    const told = everyReport("hello").map((report) => JSON.parse(eventLine(report)).type);
    const fromDaemons = everyDaemonReport.map(([{ type }]) => type);
    expect(new Set([...told, ...fromDaemons])).toEqual(new Set(typesIn(eventJsonSchema())));
  });

  it("tells no draft, no render's address, no signature", () => {
    const all = everyReport("hello").map(eventLine).join("\n");
    for (const secret of secrets) expect(all).not.toContain(secret);
    expect(all).toContain("https://cdn.test/a.mp4");
  });

  it("is stable in what people build on", () => {
    const job = reportedJob();
    const event = { type: "file-delivered", key: "k", path: "/out/promo.mp4", facts, unmet: [] } as const;
    expect(JSON.parse(eventLine({ type: "job-event", atMs: startMs, job, event }))).toEqual({
      type: "file-delivered",
      at: "2026-11-20T09:00:00.000Z",
      job: { id: "job_promo", name: "promo", recipe: "promo" },
      step: "k",
      path: "/out/promo.mp4",
      sizeBytes: 3_240_000,
      sha256: "abc",
      format: "mp4",
      durationMs: 15_000,
      width: 1920,
      height: 1080,
      unmet: [],
    });
    const counts = { succeeded: 1, upToDate: 0, failed: 0, needsYou: 0, interrupted: 0 };
    const result = { exitCode: 0, counts, credits: 50, costUnknown: false, files: ["/out/promo.mp4"] };
    const finished = {
      type: "run-finished",
      runId: "run_1",
      atMs: startMs,
      elapsedMs: 5,
      ...result,
    } as const;
    expect(JSON.parse(eventLine(finished))).toEqual({
      type: "run-finished",
      at: "2026-11-20T09:00:00.000Z",
      run: "run_1",
      elapsedMs: 5,
      ...result,
    });
  });

  it("keeps a path exact and yet shows a terminal nothing to obey", () => {
    const path = "/out/\u001b[31m\u009b\u202e\u{E0041}\n.mp4";
    const event = { type: "file-placing", key: "k", path, sha256: "x", sizeBytes: 1 } as const;
    const line = eventLine({ type: "job-event", atMs: startMs, job: reportedJob(), event });
    expect(JSON.parse(line).path).toBe(path);
    expect(line).toMatch(/^[ -~]+$/);
  });
});
