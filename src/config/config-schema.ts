import * as z from "zod";
import { parseDuration } from "../base/duration.ts";
import { httpUrl } from "../base/http-url.ts";
import type { RawConfig } from "./raw-config.ts";

const notADuration = { error: 'expected a duration such as "500ms", "2s", "15m", "1h30m" or "7d"' };
const duration = z
  .string(notADuration)
  .refine((text) => parseDuration(text) !== undefined, notADuration)
  .meta({ pattern: "^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$", examples: ["2s", "15m", "1h30m"] });

const url = z
  .string()
  .refine(isHttpUrl, { error: "expected an address that begins with https:// or http://" });
/** A webhook's address is a key: it may come from the environment. */
const webhook = z.string().refine((text) => isHttpUrl(text) || /\$\{\{\s*env\./.test(text), {
  error: "expected an address that begins with https:// or http://, or ${{ env.NAME }}",
});
const notABackend = { error: 'expected "cloud", "local" or an address such as https://…' };
const credits = z.number().nonnegative();
const event = z.enum(["failed", "finished", "needs-you", "budget"]);

const notification = z
  .strictObject({
    on: z.union([event, z.array(event).min(1)]).describe("When to tell"),
    webhook: webhook.optional().describe("Gets what happened as JSON by POST"),
    slack: webhook.optional().describe("An incoming webhook of Slack"),
    discord: webhook.optional().describe("A webhook of Discord"),
    command: z
      .array(z.string(), { error: "expected a list of a program and its arguments" })
      .min(1)
      .optional()
      .describe("A program and its arguments; never a shell line"),
  })
  .refine(hasOneTarget, { error: "expected a map with exactly one of webhook, slack, discord and command" });

const settings = {
  backend: z
    .union([z.enum(["cloud", "local"]), z.string().refine(isHttpUrl, notABackend)], notABackend)
    .optional()
    .describe("Where videos are made: cloud, local (this machine, no AI, free), or the address of a service"),
  apiUrl: url.optional().describe("Address of the service"),
  webUrl: url.optional().describe("Address of the service's site"),
  concurrency: z.int().min(1).optional().describe("Jobs of all recipes at once; default 4"),
  outDir: z.string().min(1).optional().describe("Where relative outputs go; default the recipe's folder"),
  stateDir: z
    .string()
    .min(1)
    .optional()
    .describe("Where the journal is kept; default the platform's state folder"),
  budget: z
    .union([
      credits,
      z.strictObject({
        perJob: credits.optional().describe("Credits that one job may spend"),
        perRun: credits.optional().describe("Credits that one run may spend"),
        perDay: credits.optional().describe("Credits in one day"),
        perMonth: credits.optional().describe("Credits in one month"),
      }),
    ])
    .optional()
    .describe("Limits in credits; one number is per run"),
  retry: z
    .strictObject({
      attempts: z.int().min(1).optional().describe("How often a safe step is tried; default 3"),
      delay: duration.optional().describe("Before the second try; doubles after each; default 2s"),
      maxDelay: duration.optional().describe("The longest pause; default 60s"),
    })
    .optional()
    .describe("For steps that are safe to repeat; never for a paid turn"),
  timeouts: z
    .strictObject({
      turn: duration.optional().describe("One turn's stream; default 15m"),
      silence: duration.optional().describe("Heartbeats alone; default 10m"),
      idle: duration.optional().describe("No byte at all; default 2m"),
      change: duration.optional().describe("For a closed turn to show in the state; default 5m"),
      render: duration.optional().describe("One render; default 5m"),
    })
    .optional()
    .describe("How long to wait"),
  poll: z
    .strictObject({
      state: duration.optional().describe("How often to ask for the state; default 10s"),
      render: duration.optional().describe("How often to ask for a render; default 30s"),
    })
    .optional()
    .describe("How often to ask"),
  notify: z
    .union([notification, z.array(notification)])
    .optional()
    .describe("Who is told when a run fails, finishes, needs a person or meets its budget"),
  skills: z
    .record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/), z.string().min(1))
    .optional()
    .describe(
      "Skills that are not among the known ones: their versions, or the SKILL.md that says it, by name",
    ),
  up: z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .optional()
    .describe("Recipes to watch and schedule together"),
  health: z
    .union([z.string().min(1), z.int().min(0).max(65_535)])
    .optional()
    .describe(
      "Where `up` serves /healthz, /readyz and /metrics: a port, or an address on loopback and a port",
    ),
};

/** The schema of the config file. */
export const configSchema: z.ZodType<RawConfig> = z
  .strictObject({
    $schema: z.string().optional().describe("Address of this schema, for editors"),
    ...settings,
    profiles: z
      .record(z.string(), z.strictObject(settings))
      .optional()
      .describe("Named sets of the keys above, chosen by --profile"),
  })
  .meta({ title: "nemo-recipe config" }) as z.ZodType<RawConfig>;

/** The config file's JSON Schema, for editors. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: "input" });
}

function isHttpUrl(text: string): boolean {
  return httpUrl(text) !== undefined;
}

function hasOneTarget(entry: object): boolean {
  return ["webhook", "slack", "discord", "command"].filter((target) => target in entry).length === 1;
}
