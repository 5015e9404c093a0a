import { describe, expect, it } from "vitest";
import { cleanLine, cleanText } from "../../src/base/clean-text.ts";
import { paintFor } from "../../src/cli/paint.ts";
import { stateOf } from "../../src/job/fold.ts";
import { eventLine } from "../../src/report/event-line.ts";
import { liveStart, permanentLines, reduceLive, renderLive } from "../../src/report/live-view.ts";
import { plainLines, plainStart } from "../../src/report/plain-lines.ts";
import { runsTable } from "../../src/report/runs-table.ts";
import { showJob } from "../../src/report/show-job.ts";
import { plannedJob } from "../support/planned-job.ts";
import { seededRandom, type Random } from "../support/seeded-random.ts";
import { everyEvent, everyReport, startMs } from "./reports.ts";
import { proven } from "../support/proven.ts";
import { rounds } from "../support/rounds.ts";

const strings = rounds(10_000);

const weapons = [
  "\u001b[31m",
  "\u001b[2J\u001b[H",
  "\u001b]0;title\u0007",
  "\u001b]8;;https://evil.test\u001b\\link\u001b]8;;\u001b\\",
  "\u001b]52;c;ZXZpbA==\u0007",
  "\u001bP+q\u001b\\",
  "\u001b",
  "\u009b31m",
  "\u009d0;x\u009c",
  "\r",
  "\b\b\b",
  "\u0007",
  "\u0000",
  "\u007f",
  "\u0085",
  "\u202eevil\u202c",
  "\u2066\u2069\u200f",
  "\u2028",
  "\u{e0041}",
  "\ud800",
  "\n",
  "\t",
  "/",
  "plain",
  "日本",
  "🎬",
];
const dangerous =
  // oxlint-disable-next-line no-control-regex -- what must never arrive at a terminal
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
// oxlint-disable-next-line no-control-regex -- our own colours
const colours = /\u001b\[(1|2|22|31|32|33|36|39)m/g;

function hostile(random: Random): string {
  const parts = Array.from({ length: random.between(0, 8) }, () =>
    random.chance(0.8) ? random.pick(weapons) : String.fromCharCode(random.between(0, 0xffff)),
  );
  return parts.join("");
}

describe("X5: text from outside cannot drive the terminal", () => {
  it(`${strings} strings, as text and as lines`, () => {
    const random = seededRandom(5);
    const passed = Array.from({ length: strings }, () => hostile(random)).filter((text) => {
      const lines = cleanText(text);
      const isSafe = !dangerous.test(lines.replace(/[\n\t]/g, "")) && lines.isWellFormed();
      return !isSafe || dangerous.test(cleanLine(text)) || cleanText(lines) !== lines;
    });
    expect(passed.map((text) => JSON.stringify(text))).toEqual([]);
    proven("X5", `${strings} strings: 0 control bytes`, "5");
  });

  it("leaves what people write as it is", () => {
    const text = "Ça va? 日本の山 🎬 👩‍👩‍👧 “quotes” – 1×2 [31m m;";
    expect(cleanText(text)).toBe(text);
    expect(cleanLine(` two\nlines\t`)).toBe("two lines");
  });

  it("200 runs in which every text is hostile, through every report", () => {
    const random = seededRandom(50);
    const paint = paintFor(true);
    const view = { paint, pageLink: () => `https://site.test/${hostile(random)}` };
    for (let run = 0; run < 200; run++) {
      const text = hostile(random);
      const lines: string[] = [];
      let [live, plain] = [liveStart, plainStart];
      for (const report of everyReport(text)) {
        lines.push(...permanentLines(live, report, view), eventLine(report));
        live = reduceLive(live, report);
        lines.push(...renderLive(live, { ...view, columns: 80, rows: 24, nowMs: startMs }));
        const next = plainLines(plain, report, view);
        plain = next.state;
        lines.push(...next.lines);
      }
      lines.push(...shown(text, view));
      for (const line of lines) expect(line.replace(colours, "")).not.toMatch(dangerous);
    }
  });
});

function shown(text: string, view: Parameters<typeof showJob>[1]): string[] {
  const plan = plannedJob({ name: text, turns: [{ prompt: text, name: text }] });
  const {
    "job-planned": planned,
    "turn-resolved": _,
    "turn-not-sent": __,
    "turn-unknown": ___,
    ...rest
  } = everyEvent(plan, text);
  const events = [planned, ...Object.values(rest)];
  const state = stateOf(
    events.map((event, index) => ({ jobId: "job_1", seq: index + 1, atMs: startMs, event })),
  );
  if (state === undefined) return [];
  const run = { runId: "run_1", startedAtMs: startMs, recipes: [text], jobIds: [] };
  return [
    ...showJob({ state, startedAtMs: startMs, updatedAtMs: startMs }, view),
    ...runsTable([run], { paint: view.paint, columns: 80 }),
  ];
}
