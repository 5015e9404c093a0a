import { metricsText } from "../../report/metrics-text.ts";
import type { Call } from "../call.ts";
import type { Config } from "../../config/config.ts";
import type { HealthAnswer, HealthServer } from "./health-server.ts";
import { loopbackAddress } from "./loopback-address.ts";
import { metricsOf, type MetricSources } from "./metrics-of.ts";

/** Slots are looked at every few seconds: after this long something hangs. */
const longestSilenceMs = 60_000;

/** Serves how `up` goes, where it is asked to: by --health, or the config. Stops with exit 2 or 1 where it cannot. */
export async function openHealth(
  sources: MetricSources & { readonly call: Call; readonly config: Config },
): Promise<HealthServer | undefined> {
  const { call, config, world } = sources;
  const where = call.flags.health ?? config.health;
  if (where === undefined) return undefined;
  const address = loopbackAddress(where);
  const { healthServer } = await import("./health-server.ts");
  const startedAtMs = world.clock.now();
  const server = await healthServer(address, {
    "/healthz": async () => healthy(sources, startedAtMs),
    "/readyz": async () => ready(sources),
    "/metrics": async () => ({
      status: 200,
      type: "text/plain; version=0.0.4; charset=utf-8",
      body: metricsText(await metricsOf(sources, { version: call.io.version, startedAtMs })),
    }),
  });
  call.screen.note(`Health: ${server.url}/healthz, /readyz, /metrics`);
  return server;
}

/** The process does its rounds. */
function healthy({ world, figures }: MetricSources, startedAtMs: number): HealthAnswer {
  const nowMs = world.clock.now();
  const silentMs = nowMs - Math.max(startedAtMs, figures.lookedAtMs ?? 0);
  if (silentMs <= longestSilenceMs) return json(200, { status: "ok" });
  return json(503, { status: "stuck", reasons: ["slots are not looked at"] });
}

/** New work is taken up and made. */
function ready({ queue, outage, taps }: MetricSources): HealthAnswer {
  const paused = [...taps.standings().values()].filter(({ isPaused }) => isPaused).length;
  const reasons = [
    ...(outage.isNow ? ["the service does not answer"] : []),
    ...(queue.isHeldBack ? ["jobs are held back: three in a row were paid without a delivery"] : []),
    ...(paused > 0 ? [`watches whose folder is not there: ${paused}`] : []),
  ];
  return reasons.length === 0 ? json(200, { status: "ok" }) : json(503, { status: "not-ready", reasons });
}

function json(status: number, body: object): HealthAnswer {
  return { status, type: "application/json; charset=utf-8", body: `${JSON.stringify(body)}\n` };
}
