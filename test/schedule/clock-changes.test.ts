// S3: what clock changes do to slots, as a table: 12 zones × 20 years. UPDATE=1 writes it anew.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readCronLine } from "../../src/schedule/cron-line.ts";
import { nextSlot, type Timing } from "../../src/schedule/next-slot.ts";
import { localInstant, offsetText } from "../../src/schedule/slot-id.ts";
import { openZone, type ClockChange, type Zone } from "../../src/schedule/zone.ts";
import { proven } from "../support/proven.ts";

/** All of the past, so that no government can change them any more; the runtime's own table tells the rest. */
const years = { from: 2006, to: 2025 };
const zones = [
  "Europe/Paris",
  "Europe/Dublin",
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Atlantic/Azores",
  "Africa/Casablanca",
  "Antarctica/Troll",
  "Asia/Tehran",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Apia",
];
const crons = ["0 0 * * *", "30 0-3 * * *", "15 23 * * *", "*/45 * * * *"];
const file = fileURLToPath(new URL("clock-changes.golden.txt", import.meta.url));
const hourMs = 3_600_000;

function timing(cron: string, zone: Zone): Timing {
  const reading = readCronLine(cron);
  if (!("line" in reading)) throw new Error(reading.message);
  return { line: reading.line, zone };
}

function table(): string[] {
  const rows: string[] = [];
  for (const name of zones) {
    const zone = openZone(name);
    const changes = changesOf(zone);
    rows.push(`== ${name}: ${changes.length} changes; midnights a year: ${midnights(zone).join(" ")}`);
    for (const change of changes) {
      rows.push(`${localInstant(change.atMs - 1000, zone)} → ${localInstant(change.atMs, zone)}`);
      for (const cron of crons) {
        const slots = around(timing(cron, zone), change);
        if (slots !== "") rows.push(`  ${cron}: ${slots}`);
      }
    }
  }
  return rows;
}

function changesOf(zone: Zone): ClockChange[] {
  const changes: ClockChange[] = [];
  const endMs = Date.UTC(years.to + 1, 0, 1);
  let change = zone.changeIn(Date.UTC(years.from, 0, 1), endMs);
  for (; change !== undefined; change = zone.changeIn(change.atMs, endMs)) changes.push(change);
  return changes;
}

/** The slots of a few hours about the change, by the clock of the zone. */
function around(one: Timing, { atMs, beforeMs, afterMs }: ClockChange): string {
  const shown: string[] = [];
  const [fromMs, toMs] = [atMs - 1.5 * hourMs, atMs + 2.5 * hourMs];
  for (let at = nextSlot(one, fromMs); at !== undefined && at <= toMs; at = nextSlot(one, at))
    shown.push(
      `${localInstant(at, one.zone).slice(11, 16)}${at < atMs ? offsetText(beforeMs) : offsetText(afterMs)}`,
    );
  return shown.join(" ");
}

function midnights(zone: Zone): number[] {
  const one = timing("@daily", zone);
  const counts: number[] = [];
  for (let year = years.from; year <= years.to; year++) {
    const [start, end] = [year, year + 1].map(
      (of) => Date.UTC(of, 0, 1) - one.zone.offsetMs(Date.UTC(of, 0, 1)),
    );
    let count = 0;
    let at = nextSlot(one, (start ?? 0) - 1000);
    for (; at !== undefined && at < (end ?? 0); at = nextSlot(one, at)) count += 1;
    counts.push(count);
  }
  return counts;
}

it("S3: clock changes are the table, whatever library or runtime is below", () => {
  const rows = table();
  if (process.env["UPDATE"] === "1") writeFileSync(file, `${rows.join("\n")}\n`);
  const golden = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(rows).toEqual(golden);
  const changes = golden.filter((row) => row.includes(" → ")).length;
  expect(changes).toBeGreaterThan(350);
  const span = `${zones.length} zones × ${years.to - years.from + 1} years`;
  proven("S3", `${span}, ${changes} clock changes × ${crons.length} lines: as in the table`);
});
