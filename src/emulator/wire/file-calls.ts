import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Backend } from "../backend.ts";
import type { Met } from "../faults/plan-faults.ts";
import type { Render } from "../video/render-queue.ts";
import { askedFrom } from "./asked-range.ts";
import { type Call, Refused } from "./call.ts";
import { renderOf } from "./render-calls.ts";
import { sendJson } from "./reply.ts";

const types: Readonly<Record<string, string>> = {
  mp4: "video/mp4",
  mov: "video/quicktime",
  avi: "video/x-msvideo",
  webm: "video/webm",
  mkv: "video/x-matroska",
  gif: "image/gif",
};

/** `output.url` on the service's own origin: fetched with the token, like any call. */
export async function serveFile(call: Call): Promise<void> {
  const render = call.backend.renders.findFile(call.params[0] ?? "");
  if (render?.userId !== call.account.userId) throw new Refused(404, "no such file");
  await sendRender(call.backend, call.response, { render, origin: "own", faults: call.faults });
}

/** The way to the file when `output.url` does not answer. */
export async function downloadRender(call: Call): Promise<void> {
  const render = renderOf(call);
  if (render.status !== "completed") throw new Refused(404, "the render is not finished");
  await sendRender(call.backend, call.response, { render, origin: "own", faults: call.faults });
}

export function serveLedger(call: Call): void {
  sendJson(call.response, 200, call.backend.ledger);
}

export interface Serving {
  render: Render;
  origin: "own" | "foreign";
  faults: Met;
}

/** Sends the file of a render, or what a fault makes of it; the ledger says how much went out. */
export async function sendRender(
  backend: Backend,
  response: ServerResponse,
  serving: Serving,
): Promise<void> {
  const { render, origin } = serving;
  const death = serving.faults.get("link-dies");
  if (death === "404" || death === "403") {
    sendJson(response, Number(death), { detail: "gone" });
    return;
  }
  if (death === "html") {
    response
      .writeHead(200, { "content-type": "text/html" })
      .end("<!doctype html><title>Link expired</title>");
    return;
  }
  const path = backend.renders.path(render);
  const { size } = await stat(path);
  const tag = `"${render.id}"`;
  const from = askedFrom(response, { tag, size });
  const cut = death === "truncated" || death === "reset";
  const end = cut ? from + Math.floor((size - from) / 2) : size;
  const served = { atMs: Date.now(), renderId: render.id, origin, bytes: 0, whole: false };
  backend.ledger.served.push(served);
  response.writeHead(from === 0 ? 200 : 206, {
    "content-type": types[render.format] ?? "application/octet-stream",
    "accept-ranges": "bytes",
    etag: tag,
    ...(from === 0 ? {} : { "content-range": `bytes ${from}-${size - 1}/${size}` }),
    ...(death === "truncated" ? {} : { "content-length": size - from }),
  });
  const file = createReadStream(path, {
    start: from,
    end: Math.max(from, end - 1),
    highWaterMark: 256 * 1024,
  });
  file.on("data", (chunk) => (served.bytes += chunk.length));
  await pipeline(file, response, { end: death !== "reset" });
  served.whole = !cut && from === 0;
  if (death === "reset") response.destroy();
}
