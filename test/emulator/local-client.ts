import { request } from "node:http";
import type { Draft } from "../../src/emulator/draft.ts";
import { findFfmpeg } from "../../src/emulator/find-ffmpeg.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/start-emulator.ts";

/** The fields that the tests read from answers; which of them are there depends on the call. */
export interface Body {
  code: number;
  data: {
    token: string;
    user_id: string;
    expires_at: string;
    session_id: string;
    task_id: string;
    files: { hash: string }[];
    state: { draft: Draft; video_infos: unknown[] };
    status: string;
    available: number;
    frozen: number;
    total: number;
  };
  counts: unknown;
  turns: unknown[];
  requests: unknown[];
  status: string;
  output: { url: string; size: number };
}

interface AgentEvent {
  partial?: boolean;
  content?: {
    parts: {
      text?: string;
      thought?: boolean;
      functionCall?: { name: string };
      functionResponse?: unknown;
    }[];
  };
}

type Headers = Record<string, string | number>;

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: Body;
  /** The connection broke before the answer was whole. */
  broken: boolean;
}

const skill = { "x-skill-source": "image-video", "x-skill-version": "1.0.0", "x-skill-platform": "unknown" };

/** The plainest client there is: node:http, no retries, no redirects; what comes is what the test sees. */
export function send(
  url: string,
  options: { method?: string; headers?: Headers; body?: string | Buffer; timeoutMs?: number } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { connection: "close", ...options.headers };
    const call = request(url, { method: options.method ?? "GET", headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      const finish = (broken: boolean): void => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: parse(text),
          broken,
        });
      };
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("end", () => finish(false));
      response.once("error", () => finish(true));
    });
    call.once("error", reject);
    if (options.timeoutMs !== undefined)
      call.setTimeout(options.timeoutMs, () => call.destroy(new Error("timeout")));
    call.end(options.body);
  });
}

function parse(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {} as Body;
  }
}

export interface Local {
  emulator: Emulator;
  url: string;
  headers: Record<string, string>;
  session: string;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown, more?: { headers?: Headers; timeoutMs?: number }): Promise<Answer>;
  upload(files: Record<string, Buffer>): Promise<Answer>;
  turn(text: string, timeoutMs?: number): Promise<Answer>;
  draft(): Promise<Draft>;
  credits(): Promise<{ available: number; frozen: number; total: number }>;
  /** Polls the state until it has been the same, with nothing frozen. */
  settled(): Promise<Draft>;
  render(format: string, quality?: string): Promise<Body>;
}

const found = findFfmpeg();

/** An emulator that works fast, an account and a session on it. */
export async function openLocal(options: EmulatorOptions = {}): Promise<Local> {
  const ffmpegPath = (await found)?.path ?? "ffmpeg";
  const emulator = await startEmulator({ workMs: 30, ffmpegPath, ...options });
  const token = await send(`${emulator.url}/api/auth/anonymous-token`, {
    method: "POST",
    headers: { ...skill, "x-client-id": "tester" },
  });
  const headers = { ...skill, authorization: `Bearer ${String(token.body.data?.token)}` };
  const get = (path: string): Promise<Answer> => send(emulator.url + path, { headers });
  const post: Local["post"] = (path, body, more) =>
    send(emulator.url + path, {
      method: "POST",
      ...more,
      headers: { ...headers, ...more?.headers },
      body: JSON.stringify(body),
    });
  const opened = await post("/api/tasks/me/with-session/nemo_agent", {
    task_name: "project",
    language: "en",
  });
  const session = String(opened.body.data?.session_id);
  const draft = async (): Promise<Draft> =>
    (await get(`/api/state/nemo_agent/me/${session}/latest`)).body.data.state.draft;
  const credits: Local["credits"] = async () => (await get("/api/credits/balance/simple")).body.data;
  return {
    emulator,
    url: emulator.url,
    headers,
    session,
    get,
    post,
    draft,
    credits,
    upload: (files) => uploadTo(`${emulator.url}/api/upload-video/nemo_agent/me/${session}`, headers, files),
    turn: (text, timeoutMs) =>
      post("/run_sse", turnBody(session, text), timeoutMs === undefined ? {} : { timeoutMs }),
    async settled() {
      await until(async () => (await credits()).frozen === 0);
      return draft();
    },
    render: async (format, quality = "low") =>
      renderOn({ get, post, session, draft: await draft() }, format, quality),
  };
}

export function turnBody(session: string, text: string): object {
  return { app_name: "nemo_agent", user_id: "me", session_id: session, new_message: { parts: [{ text }] } };
}

export function uploadTo(url: string, headers: Headers, files: Record<string, Buffer>): Promise<Answer> {
  const boundary = "----test7MA4YWxk";
  const parts = Object.entries(files).flatMap(([name, bytes]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n`),
    bytes,
    Buffer.from("\r\n"),
  ]);
  const body = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  return send(url, {
    method: "POST",
    headers: {
      ...headers,
      "content-type": `multipart/form-data; boundary=${boundary}`,
      "content-length": body.length,
    },
    body,
  });
}

async function renderOn(
  on: { get: Local["get"]; post: Local["post"]; session: string; draft: Draft },
  format: string,
  quality: string,
): Promise<Body> {
  const id = `render_${crypto.randomUUID()}`;
  await on.post("/api/render/proxy/lambda", {
    id,
    sessionId: on.session,
    draft: on.draft,
    output: { format, quality },
  });
  let answer = {} as Body;
  await until(async () => {
    answer = (await on.get(`/api/render/proxy/lambda/${id}`)).body;
    return ["completed", "failed"].includes(String(answer.status ?? answer.data?.status));
  });
  return answer;
}

/** Waits for a condition, at most 25 s. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + 25_000;
  while (!(await condition())) {
    if (Date.now() > endMs) throw new Error("it never came to be");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function saidIn(stream: string): string {
  return stream
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)) as AgentEvent)
    .filter((event) => event.partial !== true)
    .flatMap((event) => event.content?.parts ?? [])
    .map((part) => part.text ?? "")
    .join("");
}
