// instant-server.ts <mp4>: a service that answers every call at once, and makes no video. Prints its port.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const video = readFileSync(process.argv[2] ?? "");
const worked = new Set<string>();
let sessions = 0;

const draft = { t: [{ tt: 0, sg: [{ d: 6000, m: { name: "Clip" } }] }], d: 6000, m: { title: "Clip" } };
const stream = [
  { content: { role: "model", parts: [{ text: "I made " }] }, partial: true, author: "agent", id: "1" },
  { content: { role: "model", parts: [{ text: "I made your video." }] }, author: "agent", id: "2" },
]
  .map((event) => `data: ${JSON.stringify(event)}\n\n`)
  .join("");

const answers: readonly (readonly [
  RegExp,
  (response: ServerResponse, found: string, body: string) => void,
])[] = [
  [
    /^\/api\/tasks\/me\//,
    (response) => json(response, { task_id: "t", session_id: String(1e18 + ++sessions * 1e4) }),
  ],
  [/^\/api\/upload-video\//, (response) => json(response, { files: [{ filename: "photo.jpg" }] })],
  [/^\/api\/credits\//, (response) => json(response, { available: 1_000_000, frozen: 0, total: 1_000_000 })],
  [
    /^\/api\/state\/nemo_agent\/me\/(\d+)/,
    (response, found) =>
      json(response, { session_id: found, state: { draft: worked.has(found) ? draft : {} } }),
  ],
  [/^\/run_sse/, (response, _found, body) => listen(response, body)],
  [
    /^\/api\/render\/proxy\/lambda\/(.+)$/,
    (response, found) =>
      json(response, {
        taskId: found,
        status: "completed",
        progress: 100,
        output: { url: "/file/clip.mp4" },
      }),
  ],
  [/^\/api\/render\/proxy\/lambda$/, (response) => json(response, {})],
  [
    /^\/file\//,
    (response) => {
      response.writeHead(200, { "content-type": "video/mp4", "content-length": video.length });
      response.end(video);
    },
  ],
];

function listen(response: ServerResponse, body: string): void {
  const { session_id: session } = JSON.parse(body) as { session_id: string };
  worked.add(session);
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end(stream);
}

function json(response: ServerResponse, data: object): void {
  const text = JSON.stringify({ code: 0, data });
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const path = request.url ?? "";
    for (const [pattern, reply] of answers) {
      const found = pattern.exec(path);
      if (found) return reply(response, found[1] ?? "", Buffer.concat(chunks).toString("latin1"));
    }
    response.writeHead(404).end();
  });
}

const server = createServer(answer);
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
