import { describe, expect, it } from "vitest";
import {
  countFiles,
  bodies,
  readCredits,
  readDraft,
  readRender,
  readSession,
  readToken,
  readUploadedName,
  toTimeline,
} from "../../src/nemo/wire.ts";
import { hash, sessionRef } from "./service-fixture.ts";

const segment = (more: object = {}): object => ({ d: 3000, ...more });

describe("toTimeline", () => {
  it("reads tracks, times, names and volumes, whatever else there is", () => {
    const timeline = toTimeline({
      d: 10_000,
      m: { title: "Urban Dreams", width: 1920, height: 1080, other: [1] },
      t: [
        { tt: 0, sg: [segment({ m: { name: "city" } }), segment({ d: 7000, s: 3000 })], zz: 1 },
        { tt: 1, sg: [{ s: 0, d: 10_000, m: { name: "Lo-fi", volume: 0.35 } }] },
        { tt: 7, sg: [{ d: 3000, m: { text: "Urban Dreams" } }] },
        { tt: 42, sg: [] },
      ],
    });
    expect(timeline).toEqual({
      durationMs: 10_000,
      width: 1920,
      height: 1080,
      title: "Urban Dreams",
      tracks: [
        {
          kind: "video",
          segments: [
            { startMs: 0, durationMs: 3000, name: "city" },
            { startMs: 3000, durationMs: 7000 },
          ],
        },
        { kind: "audio", segments: [{ startMs: 0, durationMs: 10_000, name: "Lo-fi", volume: 0.35 }] },
        { kind: "text", segments: [{ startMs: 0, durationMs: 3000, text: "Urban Dreams" }] },
        { kind: "other", segments: [] },
      ],
    });
  });

  it("takes a missing start for the running sum of the track, and the last end for a missing length", () => {
    const timeline = toTimeline({
      t: [{ tt: 0, sg: [segment(), segment(), segment({ s: 9000 }), segment()] }],
    });
    expect(timeline.tracks[0]?.segments.map((one) => one.startMs)).toEqual([0, 3000, 9000, 12_000]);
    expect(timeline.durationMs).toBe(15_000);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "draft"],
    ["a list", [1, 2]],
    ["tracks that are none", { t: 7 }],
    ["a track that is none", { t: [null, 3, "x"] }],
    ["segments that are none", { t: [{ tt: 0, sg: [null, "x", [], 5] }] }],
    ["numbers that are none", { d: "long", t: [{ tt: {}, sg: [{ s: null, d: {}, m: 5 }] }] }],
    ["negative numbers", { d: -5, t: [{ tt: 0, sg: [{ s: -1, d: -2, m: { volume: -3 } }] }] }],
    ["infinite numbers", JSON.parse('{"d":1e999,"t":[{"tt":0,"sg":[{"d":1e999}]}]}')],
    ["maps for lists", { t: { a: { tt: 0, sg: { x: { d: 1 } } } } }],
  ])("never fails on %s", (_, draft) => {
    const timeline = toTimeline(draft);
    expect(Number.isFinite(timeline.durationMs)).toBe(true);
    for (const track of timeline.tracks)
      for (const one of track.segments) expect(one.startMs + one.durationMs).toBeGreaterThanOrEqual(0);
  });

  it("strips names and texts of what drives a terminal", () => {
    const { tracks, title } = toTimeline({
      m: { title: "\u001B[31mA" },
      t: [{ tt: 0, sg: [{ d: 1, m: { name: "b\u0007\nc" } }] }],
    });
    expect([title, tracks[0]?.segments[0]?.name]).toEqual(["A", "b c"]);
  });
});

describe("readDraft", () => {
  const read = (text: string): ReturnType<typeof readDraft> =>
    readDraft((JSON.parse(text) as { data: unknown }).data, text, hash);

  it("keeps the draft as the very text it came as", () => {
    const opaque = '{ "t":[{"tt":0,"sg":[{"d":1.0,"id":12345678901234567890}]}], "é":"\\u00e9","t2":1e2 }';
    const draft = read(`{"code":0,"data":{"session_id":"1","state":{"video_infos":{},"draft":${opaque}}}}`);
    expect(draft?.opaque).toBe(opaque);
    expect(draft?.fingerprint).toBe(hash(opaque));
    expect(draft?.ready).toBe(true);
    if (draft === undefined) return;
    const body = bodies.render({
      session: sessionRef,
      renderId: "render_1",
      draft,
      format: "mp4",
      quality: "high",
    });
    expect(body).toContain(`"draft":${opaque},`);
    expect(JSON.parse(body)).toMatchObject({
      id: "render_1",
      sessionId: sessionRef.sessionId,
      output: { format: "mp4", quality: "high" },
    });
  });

  it.each(['{"draft":null}', '{"draft":{}}', "{}", '{"draft":[]}', "null", '{"draft":5}'])(
    "there is none in %s",
    (state) => {
      expect(read(`{"code":0,"data":{"state":${state}}}`)).toBeUndefined();
    },
  );

  it.each([
    ['{"t":[]}', false],
    ['{"d":5}', false],
    ['{"t":[{"tt":0}]}', false],
    ['{"t":[{"tt":0,"sg":[]},{"tt":7,"sg":[{}]}]}', true],
  ])("of %s, ready is %s", (draft, ready) => {
    expect(read(`{"code":0,"data":{"state":{"draft":${draft}}}}`)?.ready).toBe(ready);
  });
});

it.each([
  [{ state: { video_infos: [{}, {}] } }, 2],
  [{ state: { video_infos: { a: {}, b: {}, c: {} } } }, 3],
  [{ state: { video_infos: null } }, 0],
  [{ state: {} }, 0],
  [{}, 0],
])("a state of %j shows its files", (data, files) => {
  expect(countFiles(data)).toBe(files);
});

describe("readRender", () => {
  it.each([
    [
      { taskId: "1", status: "pending", progress: 0 },
      { status: "pending", share: 0 },
    ],
    [
      { taskId: "1", status: "processing", progress: 45 },
      { status: "processing", share: 0.45 },
    ],
    [
      { status: "completed", output: { url: "https://cdn.example/a.mp4" } },
      { status: "completed", url: "https://cdn.example/a.mp4" },
    ],
    [
      { status: "completed", outputUrl: "/files/a.mp4" },
      { status: "completed", url: "https://api.example/files/a.mp4" },
    ],
    [
      { id: "1", status: "FAILED", error: "no\nframes" },
      { status: "failed", message: "no frames" },
    ],
    [{ status: "queued" }, { status: "processing" }],
    [
      { status: "completed", progress: 250, output: null },
      { status: "completed", share: 1 },
    ],
  ])("%j", (data, expected) => {
    expect(readRender(data, "https://api.example")).toEqual(expected);
  });

  it.each([undefined, null, {}, [], { status: 5 }, "x"])("%j is no render", (data) => {
    expect(readRender(data, "https://api.example")).toBeUndefined();
  });
});

describe("small answers", () => {
  it.each([
    [{ token: "t", credits: 100 }, { token: "t" }],
    [
      { token: "t", user_id: "anon_1", expires_at: 1_800_000_000 },
      { token: "t", userId: "anon_1", expiresAtMs: 1_800_000_000_000 },
    ],
    [
      { token: "t", expires_at: 1_800_000_000_000 },
      { token: "t", expiresAtMs: 1_800_000_000_000 },
    ],
    [
      { token: "t", expires_at: "2026-11-27T09:00:00Z" },
      { token: "t", expiresAtMs: Date.UTC(2026, 10, 27, 9) },
    ],
    [
      { token: "t", expires_at: "2026-11-27T09:00:00" },
      { token: "t", expiresAtMs: Date.UTC(2026, 10, 27, 9) },
    ],
    [{ token: "t", expires_at: "one day", user_id: null }, { token: "t" }],
    [{ token: "t\r\nX: 1" }, undefined],
    [{ token: "" }, undefined],
    [null, undefined],
  ])("token %j", (data, expected) => {
    expect(readToken(data)).toEqual(expected);
  });

  it.each([
    [
      { available: 90, frozen: 10, total: 100 },
      { available: 90, frozen: 10, total: 100 },
    ],
    [{ available: 90 }, { available: 90, frozen: 0, total: 90 }],
    [
      { available: "90.5", frozen: "9.5" },
      { available: 90.5, frozen: 9.5, total: 100 },
    ],
    [{ total: 100 }, undefined],
    [[], undefined],
  ])("credits %j", (data, expected) => {
    expect(readCredits(data)).toEqual(expected);
  });

  it.each([
    [{ files: [{ filename: "a.jpg" }] }, "a.jpg"],
    [{ files: { x: { filename: "a\u0007.jpg" } } }, "a.jpg"],
    [{ files: [{}] }, "sent.jpg"],
    [{ session_state_applied: true }, "sent.jpg"],
    [null, "sent.jpg"],
    [{ files: [] }, undefined],
  ])("upload %j", (data, expected) => {
    expect(readUploadedName(data, "sent.jpg")).toBe(expected);
  });

  it("keeps ids as text", () => {
    const data = { task_id: "t", session_id: "7301234567890123456" };
    expect(readSession(data)).toEqual({ taskId: "t", sessionId: "7301234567890123456" });
    expect(readSession({ task_id: "t" })).toBeUndefined();
  });
});
