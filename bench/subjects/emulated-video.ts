// emulated-video.ts <state folder> <ffmpeg> <photos …>: one video by the local backend, from upload to file.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator } from "../../src/emulator/start-emulator.ts";

interface Data {
  readonly token: string;
  readonly session_id: string;
  readonly frozen: number;
  readonly state: { readonly draft: object };
}

const [stateDir = "", ffmpegPath = "", ...photos] = process.argv.slice(2);
const prompt =
  'turn my photos into a 15-second slideshow with crossfades, a slow zoom and calm background music, and show the title "Dune Cup" for the first 3 seconds';
const skill = { "x-skill-source": "image-video", "x-skill-version": "1.0.0", "x-skill-platform": "unknown" };

const emulator = await startEmulator({ stateDir, ffmpegPath, workMs: 0, pace: 0 });
const { url } = emulator;
const answer = async (path: string, init: RequestInit): Promise<unknown> =>
  (await fetch(url + path, init)).json();
const data = async (path: string, init: RequestInit): Promise<Data> =>
  ((await answer(path, init)) as { data: Data }).data;

const anonymous = { method: "POST", headers: { ...skill, "x-client-id": "bench" } };
const { token } = await data("/api/auth/anonymous-token", anonymous);
const headers = { ...skill, authorization: `Bearer ${token}` };
const post = (body: object): RequestInit => ({ method: "POST", headers, body: JSON.stringify(body) });
const task = { task_name: "project", language: "en" };
const session = (await data("/api/tasks/me/with-session/nemo_agent", post(task))).session_id;
const form = new FormData();
for (const path of photos) form.append("files", new Blob([readFileSync(path)]), basename(path));
await answer(`/api/upload-video/nemo_agent/me/${session}`, { method: "POST", headers, body: form });
const message = { parts: [{ text: prompt }] };
const turn = { app_name: "nemo_agent", user_id: "me", session_id: session, new_message: message };
await (await fetch(`${url}/run_sse`, post(turn))).text();
while ((await data("/api/credits/balance/simple", { headers })).frozen > 0) await sleep(10);

const { draft } = (await data(`/api/state/nemo_agent/me/${session}/latest`, { headers })).state;
const output = { format: "mp4", quality: "high" };
await answer("/api/render/proxy/lambda", post({ id: "render_1", sessionId: session, draft, output }));
for (let status = "pending"; status !== "completed"; await sleep(50)) {
  ({ status } = (await answer("/api/render/proxy/lambda/render_1", { headers })) as { status: string });
  if (status === "failed") throw new Error("the render failed");
}
await emulator.close();
