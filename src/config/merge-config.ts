import { formatDuration } from "../base/duration.ts";
import { httpUrl } from "../base/http-url.ts";
import { nearMiss } from "../base/near-miss.ts";
import type { Problem } from "../recipe/problem.ts";
import type { Config, Origin } from "./config.ts";
import type { Setting } from "./layers.ts";
import { secretKeys } from "./secret-keys.ts";

/** Where the service is when nobody says otherwise. */
const defaultApiUrl = "https://mega-api-prod.nemovideo.ai";
/** The service's site. */
const defaultWebUrl = "https://nemovideo.com";

const nested = ["budget", "retry", "timeouts", "poll"] as const;

export interface MergedConfig {
  readonly config?: Config;
  readonly origins: readonly Origin[];
  readonly problems: readonly Problem[];
}

/** Of every key the first setting wins: `layers` are flags, environment, profile and file, in this order. */
export function mergeConfig(
  layers: readonly Setting[][],
  defaults: { readonly stateDir: string },
): MergedConfig {
  const chosen = new Map<string, Setting>();
  for (const setting of [...layers.flat(), ...defaultSettings(defaults.stateDir)])
    if (!chosen.has(setting.key)) chosen.set(setting.key, setting);
  const settings = [...chosen.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
  const problems = settings.flatMap(problemOf);
  const origins = settings.map(({ key, value, origin }) => ({
    key: key.replace(/Ms$/, ""),
    shown: show(key, value),
    origin,
  }));
  return problems.length > 0 ? { origins, problems } : { config: build(settings), origins, problems };
}

function defaultSettings(stateDir: string): Setting[] {
  const values = { backend: "cloud", apiUrl: defaultApiUrl, webUrl: defaultWebUrl, concurrency: 4, stateDir };
  return Object.entries(values).map(([key, value]) => ({ key, value, origin: "default" }));
}

/** Files are checked by their schema; flags and environment here. */
function problemOf({ key, value, origin }: Setting): Problem[] {
  if ((key !== "apiUrl" && key !== "webUrl") || httpUrl(String(value)) !== undefined) return [];
  const message = `${origin}: "${withoutUser(String(value))}" is no address`;
  if (origin !== "--backend")
    return [{ severity: "error", code: "bad-config", message, hint: "it begins with https:// or http://" }];
  const near = nearMiss(String(value), ["cloud", "local"]);
  const hint =
    near === undefined ? "known: cloud, local, or an address such as https://…" : `did you mean "${near}"?`;
  return [
    {
      severity: "error",
      code: "bad-config",
      message: `${origin}: unknown backend "${withoutUser(String(value))}"`,
      hint,
    },
  ];
}

function build(settings: readonly Setting[]): Config {
  const config: Record<string, unknown> = { skills: {}, notify: [], up: [] };
  const sets: Record<string, Record<string, unknown>> = { budget: {}, retry: {}, timeouts: {}, poll: {} };
  for (const { key, value } of settings) {
    const [set = "", inner] = key.split(".");
    const target = sets[set];
    if (inner !== undefined && target !== undefined) target[inner] = value;
    else config[key] = key === "apiUrl" || key === "webUrl" ? String(value).replace(/\/+$/, "") : value;
  }
  for (const name of nested) config[name] = sets[name];
  return config as unknown as Config;
}

function show(key: string, value: unknown): string {
  if (secretKeys.has(key)) return "set (not shown)";
  if (key.endsWith("Ms") && typeof value === "number") return formatDuration(value);
  if (key === "apiUrl" || key === "webUrl") return withoutUser(String(value));
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** An address may carry a name and a password. */
function withoutUser(text: string): string {
  return text.replace(/^(\w+:\/\/)?[^/@]*@/, "$1…@");
}
