import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeMedia } from "./make-media.ts";
import { type Local, openLocal } from "./local-client.ts";

let local: Local;
let media: Record<"photo" | "clip" | "song" | "tiny", Buffer>;
beforeAll(async () => {
  local = await openLocal({ credits: 1000 });
  media = {
    photo: await makeMedia("color=red:s=400x300:d=1", "jpg", ["-frames:v", "1"]),
    tiny: await makeMedia("color=red:s=8x8:d=1", "png", ["-frames:v", "1"]),
    clip: await makeMedia("testsrc=s=320x240:r=25:d=2", "mp4", ["-pix_fmt", "yuv420p"]),
    song: await makeMedia("sine=d=1", "wav", []),
  };
});
afterAll(() => local.emulator.close());
const path = (): string => `/api/upload-video/nemo_agent/me/${local.session}`;

it("takes several files at once and says what they are", async () => {
  const { photo, clip, song } = media;
  const answer = await local.upload({ "a photo.jpg": photo, "clip.mp4": clip, "song.wav": song });
  expect(answer.body).toMatchObject({ code: 0, data: { session_state_applied: true } });
  const [first, second, third] = answer.body.data.files;
  expect(first).toMatchObject({ filename: "a photo.jpg", file_type: "image", width: 400, height: 300 });
  expect(first?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(second).toMatchObject({ file_type: "video", duration: 2, width: 320, height: 240, fps: 25 });
  expect(third).toMatchObject({ file_type: "audio", duration: 1 });
  const state = await local.get(`/api/state/nemo_agent/me/${local.session}/latest`);
  expect(state.body.data.state.video_infos.length).toBe(3);
  expect(local.emulator.ledger.uploads.map(({ sizeBytes }) => sizeBytes)).toEqual([
    photo.length,
    clip.length,
    song.length,
  ]);
});

it.each([
  ["another type", "notes.txt", Buffer.from("hello"), 4001],
  ["a name that lies", "photo.png", Buffer.from("not a picture at all"), 4001],
  ["a picture that is cut off in its head", "photo.jpg", Buffer.from("ffd8ffe0", "hex"), 4001],
  ["more than 200 MB", "big.mp4", Buffer.alloc(200 * 1024 * 1024 + 1), 4002],
])("refuses %s", async (_what, name, bytes, code) => {
  const before = local.emulator.ledger.uploads.length;
  expect((await local.upload({ [name]: bytes })).body).toMatchObject({ code });
  expect(local.emulator.ledger.uploads.length).toBe(before);
});

it("refuses all when one is refused, and pictures that are too small", async () => {
  const before = local.emulator.ledger.uploads.length;
  expect((await local.upload({ "a.jpg": media.photo, "b.png": media.tiny })).body).toMatchObject({
    code: 4001,
  });
  expect(local.emulator.ledger.uploads.length).toBe(before);
});

it("fetches what it is given as a link, and says when it cannot", async () => {
  const server = createServer((request, response) =>
    request.url === "/a%20b.jpg" ? response.end(media.photo) : response.writeHead(404).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const good = await local.post(
    path(),
    { urls: [`${base}/a%20b.jpg`], source_type: "url" },
    { headers: { "content-type": "application/json" } },
  );
  expect(good.body.data.files[0]).toMatchObject({ filename: "a b.jpg", width: 400 });
  const bad = await local.post(
    path(),
    { urls: [`${base}/gone.jpg`], source_type: "url" },
    { headers: { "content-type": "application/json" } },
  );
  expect(bad.status).toBe(422);
  const file = await local.post(
    path(),
    { urls: ["file:///etc/passwd"], source_type: "url" },
    { headers: { "content-type": "application/json" } },
  );
  expect(file.status).toBe(422);
  server.close();
});

it("refuses a body that is neither, and a session that is not there", async () => {
  expect((await local.post(path(), "x", { headers: { "content-type": "text/plain" } })).status).toBe(422);
  const nowhere = await local.post(`${path()}0`, {}, { headers: { "content-type": "application/json" } });
  expect(nowhere.body).toMatchObject({ code: 1002 });
});
