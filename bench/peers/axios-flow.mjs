// axios-flow.mjs <server> <folder of photos> <folder for videos> <how many at once>: hand-written.mjs with axios and p-queue.
import { createReadStream } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import axios from "axios";
import PQueue from "p-queue";

const [server, photos, videos, atOnce] = process.argv.slice(2);
const skill = { "X-Skill-Source": "image-video", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown" };
const client = axios.create({
  baseURL: server,
  headers: { Authorization: "Bearer nmv_usr_bench", ...skill },
});

const get = async (path) => (await client.get(path)).data.data;
const post = async (path, body) => (await client.post(path, body)).data.data;
const state = (session) => get(`/api/state/nemo_agent/me/${session}/latest`);
const credits = () => get("/api/credits/balance/simple");

async function makeVideo(photo) {
  const task = { task_name: "project", language: "en" };
  const { session_id } = await post("/api/tasks/me/with-session/nemo_agent", task);
  const files = createReadStream(`${photos}/${photo}`);
  await client.postForm(`/api/upload-video/nemo_agent/me/${session_id}`, { files });
  const message = {
    parts: [{ text: "make a 6-second video of my picture with a slow zoom and calm music" }],
  };
  await state(session_id);
  await credits();
  const turn = { app_name: "nemo_agent", user_id: "me", session_id, new_message: message };
  await client.post("/run_sse", turn, { responseType: "text", headers: { Accept: "text/event-stream" } });
  let draft = (await state(session_id)).state.draft;
  for (let look = 1; look < 4; look++) {
    await credits();
    await sleep(1);
    draft = (await state(session_id)).state.draft;
  }
  await credits();
  const id = `render_${crypto.randomUUID()}`;
  const output = { format: "mp4", quality: "high" };
  await post("/api/render/proxy/lambda", { id, sessionId: session_id, draft, output });
  const render = await get(`/api/render/proxy/lambda/${id}`);
  const { data } = await client.get(render.output.url, { responseType: "arraybuffer" });
  await writeFile(`${videos}/${photo.replace(/\.jpg$/, ".mp4")}`, data);
}

const queue = new PQueue({ concurrency: Number(atOnce) });
const waiting = (await readdir(photos)).filter((name) => name.endsWith(".jpg"));
await queue.addAll(waiting.map((photo) => () => makeVideo(photo)));
