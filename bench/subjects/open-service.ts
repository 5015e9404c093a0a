import { randomUUID } from "node:crypto";
import { createHttpService, type HttpService } from "../../src/nemo/http-service.ts";
import type { Clock, SessionRef } from "../../src/executor/ports.ts";
import { sha256 } from "../../src/cli/sha256.ts";
import { wallClock } from "../../src/cli/wall-clock.ts";

export const clock: Clock = wallClock;
export const session: SessionRef = {
  sessionId: "1234567890123456789",
  taskId: "task",
  skill: { name: "image-video", version: "1.0.0" },
};

/** The real client, as a registered user, for a server on loopback. */
export function openService(apiUrl: string): HttpService {
  return createHttpService({
    backend: apiUrl,
    apiUrl,
    webUrl: apiUrl,
    token: "nmv_usr_bench",
    credentials: {
      readClientId: async () => undefined,
      writeClientId: async () => {},
      readToken: async () => undefined,
      writeToken: async () => {},
    },
    platform: "unknown",
    defaultSkill: session.skill,
    clock,
    hash: sha256,
    newId: (kind) => `${kind}_${randomUUID()}`,
  });
}
