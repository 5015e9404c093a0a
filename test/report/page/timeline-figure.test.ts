import { describe, expect, it } from "vitest";
import type { Segment, Timeline, Track } from "../../../src/job/media.ts";
import { timelineFigure } from "../../../src/report/page/timeline-figure.ts";

const track = (kind: Track["kind"], ...segments: readonly Segment[]): Track => ({ kind, segments });
const draw = (durationMs: number, ...tracks: readonly Track[]): string =>
  timelineFigure({ durationMs, tracks })?.text ?? "";
/** Left edge and width of each bar. */
const bars = (figure: string): string[][] =>
  [...figure.matchAll(/<svg x="([^"]*)" width="([^"]*)"/g)].map(([, x = "", width = ""]) => [x, width]);
const axis = (figure: string): string[] =>
  [...figure.matchAll(/text-anchor="\w+"\s*>\s*([^<]*?)\s*</g)].map(([, label = ""]) => label);

describe("timelineFigure", () => {
  it("draws each segment to scale", () => {
    const figure = draw(
      20_000,
      track("video", { startMs: 0, durationMs: 5000, name: "a" }, { startMs: 5000, durationMs: 15_000 }),
      track("audio", { startMs: 1000, durationMs: 2500, name: "Lo-fi", volume: 0.35 }),
    );
    expect(bars(figure)).toEqual([
      ["0%", "25%"],
      ["25%", "75%"],
      ["5%", "12.5%"],
    ]);
    expect(figure).toContain("Lo-fi 35%");
    expect(figure).toContain("Lo-fi (1-3.5s, 35%)");
    expect(figure).toContain("Timeline (2 tracks): 1. Video: <bdi>a</bdi> (0-5s), <bdi>clip</bdi> (5-20s)");
  });

  it("a short bar's label reaches to the next bar, and one without room is left out", () => {
    const figure = draw(
      10_000,
      track(
        "text",
        { startMs: 0, durationMs: 500, text: "a" },
        { startMs: 4000, durationMs: 500, text: "b" },
      ),
      track(
        "video",
        { startMs: 0, durationMs: 300, name: "no" },
        { startMs: 300, durationMs: 9700, name: "c" },
      ),
      track(
        "audio",
        { startMs: 0, durationMs: 9000, name: "d" },
        { startMs: 1000, durationMs: 2000, name: "e" },
      ),
    );
    const labels = [
      ...figure.matchAll(/<foreignobject\s+x="(\S+)"\s+y="2"\s+width="(\S+)"[^]*?auto">([^<]*)</g),
    ];
    expect(labels.map(([, x, width, text]) => [x, width, text])).toEqual([
      ["0%", "40%", "“a”"],
      ["40%", "60%", "“b”"],
      ["3%", "97%", "c"],
      ["0%", "10%", "d"],
      ["10%", "20%", "e"],
    ]);
  });

  it.each([
    [800, ["0", "0.2 s", "0.4 s", "0.6 s", "0.8 s"]],
    [12_000, ["0", "2 s", "4 s", "6 s", "8 s", "10 s", "12 s"]],
    [15_000, ["0", "5 s", "10 s", "15 s"]],
    [61_000, ["0", "15 s", "30 s", "45 s", "1:00"]],
    [3_600_000, ["0", "10:00", "20:00", "30:00", "40:00", "50:00", "60:00"]],
    [36_000_000, ["0", "100:00", "200:00", "300:00", "400:00", "500:00", "600:00"]],
  ])("an axis of %d ms", (durationMs, labels) => {
    expect(axis(draw(durationMs, track("video", { startMs: 0, durationMs })))).toEqual(labels);
  });

  it("a segment that ends after the draft makes the scale longer", () => {
    const figure = draw(10_000, track("text", { startMs: 10_000, durationMs: 10_000, text: "Hi" }));
    expect(bars(figure)).toEqual([["50%", "50%"]]);
    expect(figure).toContain("“Hi”");
  });

  it.each<[string, Timeline]>([
    ["empty", { durationMs: 0, tracks: [] }],
    [
      "no number",
      { durationMs: Number.NaN, tracks: [track("video", { startMs: -5, durationMs: Number.NaN })] },
    ],
  ])("%s: nothing is drawn", (_, timeline) => {
    expect(timelineFigure(timeline)).toBeUndefined();
  });

  it("odd numbers stay inside, and of too much only the first is drawn", () => {
    const odd = [-1000, Number.NaN, Number.POSITIVE_INFINITY, 1e12, 5000];
    const segments = odd.flatMap((startMs) =>
      odd.map((durationMs) => ({ startMs, durationMs, volume: startMs })),
    );
    const figure = draw(
      10_000,
      ...Array.from({ length: 50 }, () => track("audio", ...segments, ...segments, ...segments, ...segments)),
    );
    expect(bars(figure)).toHaveLength(16 * 80);
    for (const [x = "", width = ""] of bars(figure)) {
      for (const share of [x, width])
        expect(Number(share.replace("%", ""))).toSatisfy((at: number) => at >= 0 && at <= 100);
    }
    expect(figure).not.toMatch(/(?:x|y|x1|x2|width|height)="(?:NaN|-?Infinity|-)/);
    expect(figure).toContain("34 more tracks are not drawn");
  });
});
