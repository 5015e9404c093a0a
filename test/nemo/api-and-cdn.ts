import { onTestFinished } from "vitest";
import type { HttpService } from "../../src/nemo/http-service.ts";
import { startLoopbackServer, type LoopbackServer } from "../support/loopback-server.ts";
import { makeService } from "./service-fixture.ts";

/** The service with its API, and the other server that links of videos lead to, until the test is over. */
export async function apiAndCdn(): Promise<{
  readonly api: LoopbackServer;
  readonly cdn: LoopbackServer;
  readonly service: HttpService;
}> {
  const api = await startLoopbackServer(() => undefined);
  const cdn = await startLoopbackServer(() => undefined);
  const service = makeService(api.url);
  onTestFinished(async () => {
    await service.close();
    await Promise.all([api.close(), cdn.close()]);
  });
  return { api, cdn, service };
}
