import type { Endpoint } from "../faults/fault-table.ts";
import type { Call } from "./call.ts";
import { writeRefusal } from "./event-stream.ts";
import { drain } from "./read-body.ts";
import { sendCode, sendJson } from "./reply.ts";

const codeMessages: Readonly<Record<string, string>> = {
  "1001": "invalid or expired token",
  "1002": "session not found",
  "2001": "insufficient credits",
  "4001": "unsupported file type",
  "4002": "file too large",
  "400": "X-Client-Id header is required",
  "402": "export is not available on your plan",
  "403": "token lacks a required scope",
  "429": "rate limit exceeded",
};

/** Lets the faults that come before acceptance happen; true when one of them has been the answer. */
export async function meetFault(call: Call, endpoint: Endpoint): Promise<boolean> {
  const { faults, backend } = call;
  const slow = faults.get("slow");
  if (slow !== undefined) await backend.waiting.wait(Number(slow));
  if (faults.has("expired-token")) expireToken(call);
  if (faults.has("lost-session")) loseSession(call, endpoint);
  if (faults.has("cut-before")) {
    await drain(call.request);
    call.request.socket.destroy();
    return true;
  }
  if (faults.has("hung-before")) {
    await drain(call.request);
    return true;
  }
  return answersInstead(call, endpoint);
}

async function answersInstead(call: Call, endpoint: Endpoint): Promise<boolean> {
  for (const [name, value] of call.faults) {
    const answer = answerOf(call, { name, value, endpoint });
    if (answer === undefined) continue;
    await drain(call.request);
    answer();
    return true;
  }
  return false;
}

function answerOf(
  call: Call,
  fault: { name: string; value: string; endpoint: Endpoint },
): (() => void) | undefined {
  const { response } = call;
  const number = /^(?:code|http)-(\d+)$/.exec(fault.name)?.[1];
  if (fault.name.startsWith("code-") && number !== undefined) {
    const error = { code: Number(number), message: codeMessages[number] ?? "refused" };
    const inStream = fault.value === "line" || fault.value === "text";
    return inStream && fault.endpoint === "turn"
      ? () => writeRefusal(call, error, fault.value)
      : () => sendCode(response, error, inStream ? "body" : fault.value);
  }
  if (number !== undefined) return () => sendJson(response, Number(number), { detail: `status ${number}` });
  if (fault.name === "rate-limit") return () => limitRate(call, fault.value);
  if (fault.name === "not-json")
    return () =>
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>");
  if (fault.name === "redirect") {
    const location = `${call.backend.origins.foreign}${call.url.pathname}`;
    return () => response.writeHead(Number(fault.value), { location }).end();
  }
  return undefined;
}

function limitRate(call: Call, value: string): void {
  const inOneSecond = new Date(Date.now() + 1000).toUTCString();
  const texts: Readonly<Record<string, string>> = {
    date: inOneSecond,
    garbage: "soon",
    body: "0",
    line: "0",
  };
  const error = { code: 429, message: codeMessages["429"] ?? "" };
  call.response.setHeader("retry-after", texts[value] ?? value);
  if (value === "line") writeRefusal(call, error, value);
  else sendCode(call.response, error, value === "body" ? "body" : "status");
}

function expireToken(call: Call): void {
  const token = call.request.headers.authorization?.replace(/^Bearer /, "");
  if (token !== undefined) call.backend.accounts.expire(token);
}

/** On the paths that carry no session id, every session is forgotten. */
function loseSession(call: Call, endpoint: Endpoint): void {
  const named = endpoint === "state" || endpoint === "upload" ? call.params[0] : undefined;
  const { sessions } = call.backend;
  for (const session of sessions.all()) {
    if (named === undefined || session.id === named) sessions.forget(session.id);
  }
}
