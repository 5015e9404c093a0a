import { describe, expect, it } from "vitest";
import { draftDifferences, fileDifferences } from "../../src/job/check-differences.ts";
import type { FileFacts, Timeline } from "../../src/job/media.ts";
import type { FixedCheck } from "../../src/plan/planned-job.ts";

const segment = { startMs: 0, durationMs: 15_000 };
const timeline: Timeline = {
  durationMs: 15_000,
  width: 1920,
  height: 1080,
  title: "Spring",
  tracks: [
    { kind: "video", segments: [segment, segment] },
    { kind: "audio", segments: [segment] },
    { kind: "text", segments: [{ ...segment, text: "Dune Cup, hand made" }] },
    { kind: "text", segments: [] },
  ],
};

describe("a draft against a check", () => {
  const cases: [string, FixedCheck, string[]][] = [
    ["nothing asked", {}, []],
    ["a range of durations", { duration: { min: 14_000, max: 16_000 } }, []],
    ["one duration, within a quarter of a second", { duration: { min: 15_200, max: 15_200 } }, []],
    [
      "one duration, further off",
      { duration: { min: 12_000, max: 12_000 } },
      ["the duration is 15s, expected 12s"],
    ],
    ["a range has no slack", { duration: { min: 15_100 } }, ["the duration is 15s, expected 15s100ms.."]],
    [
      "tracks with something on them",
      { tracks: { video: { min: 1 }, audio: { min: 1 }, text: { min: 1, max: 1 } } },
      [],
    ],
    ["too few tracks", { tracks: { audio: { min: 2 } } }, ["audio tracks: 1, expected 2.."]],
    ["the aspect", { aspect: "16:9" }, []],
    ["another aspect", { aspect: "9:16" }, ["the picture is 1920×1080, expected 9:16"]],
    ["width and height", { width: { min: 1920, max: 1920 }, height: { min: 1 } }, []],
    ["part of the draft's title", { title: "Spr" }, []],
    ["part of a text on the timeline", { title: "Dune Cup" }, []],
    ["no such title", { title: "Autumn" }, ['no title contains "Autumn"']],
  ];
  it.each(cases)("%s", (_name, check, differences) => {
    expect(draftDifferences(check, timeline)).toEqual(differences);
  });
});

describe("a delivered file against a check, as far as it shows", () => {
  const facts: FileFacts = {
    sizeBytes: 1,
    sha256: "",
    format: "mp4",
    durationMs: 15_040,
    width: 1080,
    height: 1920,
    videoTracks: 1,
    audioTracks: 0,
  };
  const cases: [string, FixedCheck, string[]][] = [
    ["its picture", { aspect: "9:16" }, []],
    ["its sound", { tracks: { audio: { min: 2 } } }, ["audio tracks in the file: 0, expected 1.."]],
    ["texts and titles are not in a file", { title: "x", tracks: { text: { min: 1 } } }, []],
    ["mp4 and mov are one family", { format: "mov" }, []],
    ["its family", { format: "gif" }, ["the file is mp4, expected gif"]],
  ];
  it.each(cases)("%s", (_name, check, differences) => {
    expect(fileDifferences(check, facts)).toEqual(differences);
  });
});
