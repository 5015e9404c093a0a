import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFfmpeg } from "../../src/emulator/find-ffmpeg.ts";
import { probeMedia } from "../../src/emulator/media/probe-media.ts";
import { type Body, type Local, openLocal, send, until } from "./local-client.ts";
import { isWhole } from "../support/rounds.ts";
import { makeMedia } from "./make-media.ts";

const run = promisify(execFile);
let folder: string;
let photo: Buffer;
let tall: Buffer;
let clip: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-render-"));
  photo = await makeMedia("color=red:s=800x600:d=1", "jpg", ["-frames:v", "1"]);
  tall = await makeMedia("color=blue:s=300x800:d=1", "png", ["-frames:v", "1"]);
  clip = await makeMedia("testsrc=s=320x240:r=25:d=2", "mp4", [
    "-f",
    "lavfi",
    "-i",
    "sine=d=2",
    "-pix_fmt",
    "yuv420p",
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

async function fetchBytes(local: Local, url: string): Promise<Buffer> {
  const headers = url.startsWith(local.url) ? local.headers : {};
  const response = await fetch(url, { headers });
  return Buffer.from(await response.arrayBuffer());
}

type Delivered = Awaited<ReturnType<typeof probeMedia>> & {
  frames: number;
  text: string;
  path: string;
  marked: boolean;
};

/** The file of a render on disk, with what ffmpeg says about it. */
async function delivered(local: Local, answer: Body, extension: string): Promise<Delivered> {
  const path = join(folder, `${crypto.randomUUID()}.${extension}`);
  await writeFile(path, await fetchBytes(local, answer.output.url));
  const ffmpeg = (await findFfmpeg())!.path;
  const counted = await run(ffmpeg, ["-hide_banner", "-i", path, "-map", "0:v", "-f", "null", "-"]);
  const frames = [...counted.stderr.matchAll(/frame= *(\d+)/g)].at(-1)?.[1];
  const text = counted.stderr;
  const media = await probeMedia(ffmpeg, path);
  return {
    ...media,
    // Older builds tell how long a GIF is only when they have played it.
    durationSeconds: media.durationSeconds || playedSeconds(text),
    frames: Number(frames),
    text,
    path,
    marked: /nemo-recipe local preview/.test(text),
  };
}

function playedSeconds(text: string): number {
  const [, hours, minutes, seconds] = [...text.matchAll(/time=(\d+):(\d+):([\d.]+)/g)].at(-1) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

async function colourAt(path: string, seconds: number): Promise<number[]> {
  const ffmpeg = (await findFfmpeg())!.path;
  const args = [
    "-loglevel",
    "error",
    "-i",
    path,
    "-ss",
    String(seconds),
    "-frames:v",
    "1",
    "-vf",
    "scale=1:1",
    "-f",
    "rawvideo",
    "-pix_fmt",
    "rgb24",
    "-",
  ];
  return [...(await run(ffmpeg, args, { encoding: "buffer" })).stdout];
}

const packaged = createRequire(import.meta.url)("@ffmpeg-installer/ffmpeg") as { path: string };

const builds: readonly (readonly [string, string | undefined])[] = [
  ["the ffmpeg that is found", undefined],
  ["the packaged build of 2018", packaged.path],
];

// What a build of ffmpeg makes of a graph does not depend on the runtime.
describe.each(isWhole ? builds : builds.slice(0, 1))("with %s", (_what, ffmpegPath) => {
  let local: Local;
  beforeAll(async () => {
    local = await openLocal({ credits: 1000, ...(ffmpegPath === undefined ? {} : { ffmpegPath }) });
    await local.upload({ "one.jpg": photo, "two.png": tall, "three.mp4": clip });
    await local.turn(
      'a 3-second slideshow with crossfades and music, title "It\'s 100% : \\new\\" for the first 1 seconds',
    );
    await local.settled();
  });
  afterAll(() => local.emulator.close());

  it("makes an MP4 of exactly the frames asked, H.264 with sound, marked as a preview", async () => {
    const file = await delivered(local, await local.render("mp4"), "mp4");
    expect(file).toMatchObject({
      width: 640,
      height: 360,
      frames: 90,
      fps: 30,
      hasSound: true,
      marked: true,
    });
    expect(file.text).toMatch(/Video: h264 .*yuv420p/);
    expect(file.text).toMatch(/Audio: aac/);
    expect(Math.abs(file.durationSeconds - 3)).toBeLessThan(0.06);
    const [red, , blue] = await colourAt(file.path, 0.6);
    expect(red! - blue!).toBeGreaterThan(100);
  });

  it.each([
    ["mov", /Input #0, mov/],
    ["mkv", /Input #0, matroska/],
    ["avi", /Input #0, avi/],
    ["webm", /Video: vp9/],
    ["gif", /Video: gif/],
  ])("makes %s", async (format, looks) => {
    const answer = await local.render(format);
    const file = await delivered(local, answer, format);
    expect(file.text).toMatch(looks);
    expect(Math.abs(file.durationSeconds - 3)).toBeLessThan(0.2);
    expect(file.hasSound).toBe(format !== "gif");
    const bytes = await fetchBytes(local, answer.output.url);
    expect(file.marked || bytes.includes("nemo-recipe local preview")).toBe(true);
  });

  it("follows the draft: upright, cut, quiet, faster, colder", async () => {
    await local.turn(
      "make it 9:16, reverse the order, no transitions, no music, no title, 2x faster, colder, no zoom",
    );
    await local.settled();
    const file = await delivered(local, await local.render("mp4"), "mp4");
    expect(file).toMatchObject({ width: 360, height: 640, frames: 45, hasSound: true });
    const [red, , blue] = await colourAt(file.path, 1.4);
    expect(red! - blue!).toBeGreaterThan(60);
  });
});

describe("renders", () => {
  const open = async (faults: string): Promise<Local> => {
    const local = await openLocal({ credits: 1000, faults });
    await local.turn("make a 1-second video of the sea without music");
    await local.settled();
    return local;
  };
  const order = async (local: Local, id: string) => ({
    id,
    sessionId: local.session,
    draft: await local.draft(),
    output: { format: "mp4", quality: "low" },
  });

  it("draws a scene where there are no pictures, and no sound where none is wanted", async () => {
    const local = await open("");
    const file = await delivered(local, await local.render("mp4"), "mp4");
    expect(file).toMatchObject({ frames: 30, hasSound: false });
    expect(local.emulator.ledger.renders).toMatchObject([{ draftKnown: true, format: "mp4" }]);
    expect(local.emulator.ledger.served).toMatchObject([{ whole: true, origin: "own" }]);
    await local.emulator.close();
  });

  it("draws many shots in groups, to the frame, and a title without a fitting font", async () => {
    const local = await openLocal({ credits: 1000 });
    await local.upload(
      Object.fromEntries(
        Array.from({ length: 12 }, (_, index) => [
          index % 5 === 4 ? `${index}.mp4` : `${index}.jpg`,
          index % 5 === 4 ? clip : photo,
        ]),
      ),
    );
    await local.turn("a 5-second slideshow with the title “标题”");
    await local.settled();
    const file = await delivered(local, await local.render("mp4"), "mp4");
    expect(file).toMatchObject({ frames: 150, hasSound: true });
    await local.emulator.close();
  });

  it("refuses a used id, an empty draft, a client without attribution", async () => {
    const local = await open("");
    const first = await order(local, "render_once");
    expect((await local.post("/api/render/proxy/lambda", first)).body).toMatchObject({
      taskId: "render_once",
      status: "pending",
    });
    expect((await local.post("/api/render/proxy/lambda", first)).status).toBe(409);
    expect(
      (await local.post("/api/render/proxy/lambda", { ...first, id: "render_2", draft: {} })).status,
    ).toBe(422);
    const { authorization = "" } = local.headers;
    const bare = await send(`${local.url}/api/render/proxy/lambda`, {
      method: "POST",
      headers: { authorization },
      body: JSON.stringify({ ...first, id: "render_3" }),
    });
    expect(bare.body).toMatchObject({ code: 402 });
    expect(local.emulator.ledger.renders.length).toBe(1);
    await local.emulator.close();
  });

  it("takes a draft back with keys it does not know, and says so when it was altered", async () => {
    const local = await open("");
    const sent = await order(local, "render_altered");
    Object.assign(sent.draft, { zz: { unknown: [1] } });
    await local.post("/api/render/proxy/lambda", sent);
    expect(local.emulator.ledger.renders.at(-1)).toMatchObject({ draftKnown: false });
    await until(
      async () => (await local.get("/api/render/proxy/lambda/render_altered")).body.status === "completed",
    );
    expect((await local.get("/api/render/proxy/render_altered/download")).headers["content-type"]).toBe(
      "video/mp4",
    );
    await local.emulator.close();
  });

  it("fails, stands still, dies and moves away by faults", async () => {
    const local = await open(
      "render-fails@1,render-stuck@2,shape-b:poll@1,foreign-link@3+,link-dies@1,link-dies=html@2,link-dies=truncated@3,link-dies=reset@4",
    );
    await local.post("/api/render/proxy/lambda", await order(local, "render_1"));
    const failed = await local.get("/api/render/proxy/lambda/render_1");
    expect(failed.body).toMatchObject({
      success: true,
      data: { status: "failed", error: "the renderer gave up" },
    });
    await local.post("/api/render/proxy/lambda", await order(local, "render_2"));
    expect((await local.get("/api/render/proxy/lambda/render_2")).body).toMatchObject({
      status: "processing",
    });
    const good = await local.render("mp4");
    const url = String(good.output.url);
    expect(new URL(url).origin).not.toBe(local.url);
    expect((await send(url)).status).toBe(404);
    expect((await send(url)).text).toMatch(/<title>/);
    const half = await send(url);
    expect([half.status, half.broken]).toEqual([200, false]);
    expect((await send(url)).broken).toBe(true);
    const whole = await send(url);
    expect(Number(whole.headers["content-length"])).toBe(good.output.size);
    // The client has the last byte a moment before the server knows that it went out.
    await until(async () => local.emulator.ledger.served.at(-1)?.whole === true);
    expect(local.emulator.ledger.served.map(({ whole }) => whole)).toEqual([false, false, true]);
    expect(local.emulator.ledger.requests.at(-1)).toMatchObject({ origin: "foreign", endpoint: "file" });
    await local.emulator.close();
  });

  it("can be cancelled, and belongs to its account", async () => {
    const local = await open("render-stuck");
    await local.post("/api/render/proxy/lambda", await order(local, "render_1"));
    const headers = { authorization: "Bearer nmv_local_other" };
    expect((await send(`${local.url}/api/render/proxy/lambda/render_1`, { headers })).status).toBe(404);
    expect((await local.post("/api/render/proxy/lambda/render_1/cancel", {})).body).toMatchObject({
      code: 0,
    });
    await until(async () => (await local.get("/api/render/proxy/lambda/render_1")).body.status === "failed");
    await local.emulator.close();
  });
});
