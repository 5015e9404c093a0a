// hand-written.mjs <server> <folder of photos> <folder for videos> <how many at once> <settle?>
// What somebody writes who needs the videos today: global fetch and nothing else. No journal, no checks, no retries.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const [server, photos, videos, atOnce, settle] = process.argv.slice(2);
const skill = { "X-Skill-Source": "image-video", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown" };
const headers = { Authorization: "Bearer nmv_usr_bench", ...skill };

async function call(path, body) {
  const posted = body && { method: "POST", body: JSON.stringify(body) };
  const type = body && { "Content-Type": "application/json" };
  const answer = await fetch(`${server}${path}`, { ...posted, headers: { ...headers, ...type } });
  return (await answer.json()).data;
}

const state = (session) => call(`/api/state/nemo_agent/me/${session}/latest`);
const credits = () => call("/api/credits/balance/simple");

async function makeVideo(photo) {
  const { session_id } = await call("/api/tasks/me/with-session/nemo_agent", {
    task_name: "project",
    language: "en",
  });
  const form = new FormData();
  form.append("files", new Blob([await readFile(`${photos}/${photo}`)], { type: "image/jpeg" }), photo);
  await fetch(`${server}/api/upload-video/nemo_agent/me/${session_id}`, {
    method: "POST",
    headers,
    body: form,
  });
  const message = {
    parts: [{ text: "make a 6-second video of my picture with a slow zoom and calm music" }],
  };
  const turn = { app_name: "nemo_agent", user_id: "me", session_id, new_message: message };
  if (settle) {
    await state(session_id);
    await credits();
  }
  const stream = await fetch(`${server}/run_sse`, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(turn),
  });
  await stream.text();
  let draft = (await state(session_id)).state.draft;
  for (let look = settle ? 1 : 4; look < 4; look++) {
    await credits();
    await sleep(1);
    draft = (await state(session_id)).state.draft;
  }
  if (settle) await credits();
  const id = `render_${crypto.randomUUID()}`;
  const output = { format: "mp4", quality: "high" };
  await call("/api/render/proxy/lambda", { id, sessionId: session_id, draft, output });
  const answer = await (await fetch(`${server}/api/render/proxy/lambda/${id}`, { headers })).json();
  const file = await fetch(new URL(answer.data.output.url, server), { headers });
  await writeFile(`${videos}/${photo.replace(/\.jpg$/, ".mp4")}`, Buffer.from(await file.arrayBuffer()));
}

const waiting = (await readdir(photos)).filter((name) => name.endsWith(".jpg"));
const worker = async () => {
  for (let photo = waiting.shift(); photo !== undefined; photo = waiting.shift()) await makeVideo(photo);
};
await Promise.all(Array.from({ length: Number(atOnce) }, worker));
