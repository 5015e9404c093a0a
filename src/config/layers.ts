import { resolve } from "node:path";
import { parseDuration } from "../base/duration.ts";
import type { ConfigFlags, ConfigNotification } from "./config.ts";
import type { RawNotification, RawSettings } from "./raw-config.ts";

/** A value on its way into the Config, under a dotted key such as `retry.attempts`. Durations are milliseconds. */
export interface Setting {
  readonly key: string;
  readonly value: unknown;
  readonly origin: string;
}

type Env = Readonly<Record<string, string | undefined>>;

const flagOf = {
  concurrency: "--concurrency",
  out: "--out",
  stateDir: "--state-dir",
  maxCredits: "--max-credits",
};
const keyOf = {
  concurrency: "concurrency",
  out: "outDir",
  stateDir: "stateDir",
  maxCredits: "budget.perRun",
};

export function settingsOfFlags(flags: ConfigFlags, cwd: string): Setting[] {
  const { backend, ...rest } = flags;
  const plain = Object.entries(rest).filter((entry) => entry[1] !== undefined) as [
    keyof typeof flagOf,
    unknown,
  ][];
  return [
    ...settingsOfBackend(backend, "--backend"),
    ...plain.map(([flag, value]) => ({
      key: keyOf[flag],
      value: atCwd(flag, value, cwd),
      origin: flagOf[flag],
    })),
  ];
}

const atCwd = (flag: string, value: unknown, cwd: string): unknown =>
  typeof value === "string" && (flag === "out" || flag === "stateDir") ? resolve(cwd, value) : value;

const variables = {
  NEMO_TOKEN: "token",
  NEMO_API_URL: "apiUrl",
  NEMO_WEB_URL: "webUrl",
  NEMO_CLIENT_ID: "clientId",
  SKILL_SOURCE: "skillSource",
  NEMO_RECIPE_STATE_DIR: "stateDir",
} as const;

/** A variable that is set to nothing counts as not set. */
export function settingsOfEnv(env: Env, cwd: string): Setting[] {
  return Object.entries(variables).flatMap(([origin, key]) => {
    const text = env[origin]?.trim() ?? "";
    if (text === "") return [];
    return [{ key, value: key === "stateDir" ? resolve(cwd, text) : text, origin }];
  });
}

/** The keys of a file or profile; nested maps become dotted keys, so that each key finds its own layer. */
export function settingsOfFile(settings: RawSettings, origin: string): Setting[] {
  const { backend, budget, retry, timeouts, poll, notify, up, health, ...plain } = settings;
  const limits = typeof budget === "number" ? { perRun: budget } : budget;
  const list = (value: unknown): unknown => (value === undefined || Array.isArray(value) ? value : [value]);
  const values: Record<string, unknown> = {
    ...plain,
    ...dotted("budget", limits),
    ...dotted("retry", {
      attempts: retry?.attempts,
      delayMs: ms(retry?.delay),
      maxDelayMs: ms(retry?.maxDelay),
    }),
    ...dotted("timeouts", durations(timeouts)),
    ...dotted("poll", durations(poll)),
    notify: (list(notify) as RawNotification[] | undefined)?.map(toNotification),
    up: list(up),
    health: health === undefined ? undefined : String(health),
  };
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  return [...settingsOfBackend(backend, origin), ...set.map(([key, value]) => ({ key, value, origin }))];
}

const toNotification = ({ on, ...target }: RawNotification): ConfigNotification => ({
  ...target,
  on: Array.isArray(on) ? on : [on],
});

/** An address as backend is the cloud's wire at another place. */
function settingsOfBackend(backend: string | undefined, origin: string): Setting[] {
  if (backend === undefined) return [];
  if (backend === "cloud" || backend === "local") return [{ key: "backend", value: backend, origin }];
  return [
    { key: "backend", value: "cloud", origin },
    { key: "apiUrl", value: backend, origin },
  ];
}

const ms = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseDuration(text);

const durations = (set: Readonly<Record<string, string | undefined>> = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(set).map(([key, text]) => [`${key}Ms`, ms(text)]));

const dotted = (prefix: string, set: object = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(set).map(([key, value]) => [`${prefix}.${key}`, value]));
