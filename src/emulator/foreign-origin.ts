// A second origin on loopback. Redirects and links may point here; it serves files to whoever asks, as a CDN does,
// and records every request, so that a token which arrives here is seen.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Backend } from "./backend.ts";
import { recordRequest } from "./ledger.ts";
import { sendRender } from "./wire/file-calls.ts";
import { sendJson } from "./wire/reply.ts";
import { drain } from "./wire/read-body.ts";

export async function serveForeign(
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? "/", backend.origins.foreign).pathname;
  const file = /^\/files\/([^/]+)$/.exec(path)?.[1];
  const faults = backend.faults.meet(file === undefined ? "unknown" : "file");
  const known = {
    origin: "foreign",
    path,
    endpoint: file === undefined ? "unknown" : "file",
    faults: [...faults.keys()],
  } as const;
  const entry = recordRequest(backend.ledger, request, { ...known, faults: [...known.faults] });
  response.once("finish", () => (entry.status = response.statusCode));
  const render = file === undefined ? undefined : backend.renders.findFile(file);
  await drain(request);
  try {
    if (render === undefined) sendJson(response, 404, { detail: "not here" });
    else await sendRender(backend, response, { render, origin: "foreign", faults });
  } catch {
    response.destroy();
  }
}
