import { expect, it } from "vitest";
import { eventSchema } from "../../src/report/event-schema.ts";
import { daemonLine } from "../../src/report/daemon-line.ts";
import { everyDaemonReport } from "./daemon-reports.ts";

const atMs = Date.UTC(2026, 10, 20, 9);

it.each(everyDaemonReport)("%o", (report, fields) => {
  const line: unknown = JSON.parse(daemonLine(report, atMs));
  expect(line).toEqual({ type: report.type, at: "2026-11-20T09:00:00.000Z", ...fields });
  expect(eventSchema.safeParse(line).error).toBeUndefined();
});
