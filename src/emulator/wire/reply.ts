import type { ServerResponse } from "node:http";
import type { Met } from "../faults/plan-faults.ts";
import type { Call } from "./call.ts";

/** HTTP statuses that go with the codes; nobody has published them. */
const statuses: Readonly<Record<number, number>> = {
  1001: 401,
  1002: 404,
  2001: 402,
  4001: 415,
  4002: 413,
};

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": bytes.length,
  });
  response.end(bytes);
}

/** Answers a call that was accepted, unless a fault keeps the answer from arriving. */
export function reply(call: Call, body: unknown): void {
  if (!losesAnswer(call)) sendJson(call.response, 200, body);
}

export function replyData(call: Call, data: unknown): void {
  reply(call, { code: 0, data });
}

/** True when a fault has taken the place of the answer. */
export function losesAnswer(call: Call): boolean {
  const { faults, response } = call;
  if (faults.has("hung")) return true;
  if (faults.has("cut-after")) {
    response.socket?.destroy();
    return true;
  }
  const status = statusAfter(faults);
  if (status === undefined) return false;
  sendJson(response, status, { detail: "upstream failed" });
  return true;
}

function statusAfter(faults: Met): number | undefined {
  const name = [...faults.keys()].find((fault) => /^http-\d+-after$/.test(fault));
  return name === undefined ? undefined : Number(name.slice(5, 8));
}

/** An error of the wire, as envelope with HTTP 200 (`body`), with its HTTP status, or as `detail`. */
export function sendCode(
  response: ServerResponse,
  error: { code: number; message: string },
  shape: string,
): void {
  const status = statuses[error.code] ?? error.code;
  if (shape === "detail") sendJson(response, status, { detail: error.message });
  else sendJson(response, shape === "status" ? status : 200, { code: error.code, message: error.message });
}
