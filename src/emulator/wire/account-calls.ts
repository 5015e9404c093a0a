import { z } from "zod";
import { randomName } from "../state/random-id.ts";
import { type Call, Refused } from "./call.ts";
import { drain, readBody } from "./read-body.ts";
import { replyData } from "./reply.ts";
import { sessionOf } from "./session-calls.ts";

export async function anonymousToken(call: Call): Promise<void> {
  const clientId = call.request.headers["x-client-id"];
  await drain(call.request);
  if (typeof clientId !== "string" || clientId.trim() === "") {
    throw new Refused(400, "X-Client-Id header is required");
  }
  if (clientId.length > 64) throw new Refused(400, "X-Client-Id is longer than 64 characters");
  if (call.faults.has("token-quota")) keepQuota(call, clientId);
  const { token, account } = call.backend.accounts.issue(clientId);
  const older = { user_id: account.userId, expires_at: new Date(token.expiresAtMs).toISOString() };
  const credits = account.available;
  replyData(call, { token: token.token, credits, ...(call.backend.form === "old" ? older : {}) });
}

function keepQuota(call: Call, clientId: string): void {
  const issued = call.backend.ledger.requests.filter(
    ({ endpoint, status }) => endpoint === "token" && status === 200,
  );
  const mine = issued.filter(({ headers }) => headers["x-client-id"] === clientId);
  if (mine.length >= 1 || issued.length >= 10) throw new Refused(429, "rate limit exceeded");
}

export async function creditsBalance(call: Call): Promise<void> {
  await drain(call.request);
  const { available, frozen } = call.account;
  replyData(call, { available, frozen, total: available + frozen });
}

const claim = z.object({ task_id: z.string(), session_id: z.string() });

export async function claimToken(call: Call): Promise<void> {
  const body = await readBody(call.request, claim);
  const session = sessionOf(call, body.session_id);
  if (session.taskId !== body.task_id) throw new Refused(1002, "task not found");
  replyData(call, { claim_token: randomName("clm_"), expires_in: 3600 });
}
