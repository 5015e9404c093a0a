import type { NemoService } from "../executor/ports.ts";

/** Where a session's page is on the service's site. No token is in it. */
export function pageLinkOn(webUrl: string): NemoService["pageLink"] {
  return ({ taskId, sessionId }) =>
    `${webUrl}/workspace/task/${encodeURIComponent(taskId)}?session=${encodeURIComponent(sessionId)}`;
}
