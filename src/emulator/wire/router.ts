import type { IncomingMessage, ServerResponse } from "node:http";
import type { Backend } from "../backend.ts";
import type { Endpoint } from "../faults/fault-table.ts";
import { recordRequest } from "../ledger.ts";
import type { Account } from "../state/accounts.ts";
import { anonymousToken, claimToken, creditsBalance } from "./account-calls.ts";
import { type Call, Refused } from "./call.ts";
import { serveFile, serveLedger, downloadRender } from "./file-calls.ts";
import { meetFault } from "./meet-fault.ts";
import { drain } from "./read-body.ts";
import { cancelRender, pollRender, startRender } from "./render-calls.ts";
import { sendCode, sendJson } from "./reply.ts";
import { createSession, latestState } from "./session-calls.ts";
import { runTurn } from "./turn-call.ts";
import { uploadFiles } from "./upload-call.ts";

interface Route {
  method: string;
  path: RegExp;
  endpoint: Endpoint;
  /** Routes without an account are open. */
  open?: true;
  handle(call: Call): Promise<void> | void;
}

const id = "([^/]+)";
const at = (path: string): RegExp => new RegExp(`^${path}$`);

const routes: readonly Route[] = [
  {
    method: "POST",
    path: at("/api/auth/anonymous-token"),
    endpoint: "token",
    open: true,
    handle: anonymousToken,
  },
  {
    method: "POST",
    path: at("/api/tasks/me/with-session/nemo_agent"),
    endpoint: "session",
    handle: createSession,
  },
  {
    method: "POST",
    path: at(`/api/upload-video/nemo_agent/me/${id}`),
    endpoint: "upload",
    handle: uploadFiles,
  },
  { method: "GET", path: at("/api/credits/balance/simple"), endpoint: "credits", handle: creditsBalance },
  {
    method: "GET",
    path: at(`/api/state/nemo_agent/me/${id}/latest`),
    endpoint: "state",
    handle: latestState,
  },
  { method: "POST", path: at("/run_sse"), endpoint: "turn", handle: runTurn },
  { method: "POST", path: at("/api/render/proxy/lambda"), endpoint: "render", handle: startRender },
  { method: "GET", path: at(`/api/render/proxy/lambda/${id}`), endpoint: "poll", handle: pollRender },
  {
    method: "POST",
    path: at(`/api/render/proxy/lambda/${id}/cancel`),
    endpoint: "cancel",
    handle: cancelRender,
  },
  {
    method: "GET",
    path: at(`/api/render/proxy/${id}/download`),
    endpoint: "download",
    handle: downloadRender,
  },
  { method: "POST", path: at("/api/auth/claim-token"), endpoint: "claim", handle: claimToken },
  { method: "GET", path: at(`/files/${id}`), endpoint: "file", handle: serveFile },
  { method: "GET", path: at("/__emulator/ledger"), endpoint: "unknown", open: true, handle: serveLedger },
];

const nobody: Account = { userId: "", kind: "anonymous", available: 0, frozen: 0 };

/** Takes one request from its first byte to its answer; never throws. */
export async function route(
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLoopback(request.headers.host)) {
    sendJson(response, 403, { detail: "this backend answers on loopback only" });
    return;
  }
  const url = new URL(request.url ?? "/", backend.origins.own);
  const found = routes.find((route) => route.method === request.method && route.path.test(url.pathname));
  const endpoint = found?.endpoint ?? "unknown";
  const faults = backend.faults.meet(endpoint);
  const entry = recordRequest(backend.ledger, request, {
    origin: "own",
    path: url.pathname,
    endpoint,
    faults: [...faults.keys()],
  });
  response.once("finish", () => (entry.status = response.statusCode));
  const params = (found?.path.exec(url.pathname) ?? []).slice(1).map(decodeURIComponent);
  const call = { backend, request, response, url, params, faults, account: nobody };
  try {
    if (found === undefined) throw new Refused(404, "no such path");
    if (await meetFault(call, endpoint)) return;
    await found.handle(found.open ? call : { ...call, account: accountOf(call) });
  } catch (error) {
    await refuse(call, error);
  }
}

/** A web page that had its name point to this machine would come with that name. */
function isLoopback(host: string | undefined): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?$/i.test(host ?? "");
}

function accountOf(call: Call): Account {
  const token = /^Bearer (\S+)$/.exec(call.request.headers.authorization ?? "")?.[1];
  const account = token === undefined ? undefined : call.backend.accounts.find(token);
  if (account === undefined) throw new Refused(1001, "invalid or expired token");
  return account;
}

async function refuse(call: Call, error: unknown): Promise<void> {
  if (call.response.headersSent || call.response.destroyed) {
    call.response.destroy();
    return;
  }
  await drain(call.request);
  if (!(error instanceof Refused)) {
    sendCode(
      call.response,
      { code: 500, message: error instanceof Error ? error.message : "failed" },
      "status",
    );
    return;
  }
  const asked = call.backend.faults.setting("error-shape") ?? "body";
  const shape = asked === "body" && [404, 409, 413, 422].includes(error.code) ? "detail" : asked;
  sendCode(call.response, error, shape);
}
