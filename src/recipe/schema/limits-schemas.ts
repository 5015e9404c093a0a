import * as z from "zod";
import { convert } from "../convert.ts";
import type { Budget, RetryPolicy } from "../recipe.ts";
import { kindSchemas } from "./kind-schemas.ts";
import { leaf, plain } from "./leaf.ts";
import { fields, shortFor } from "./shapes.ts";

/** As written: durations in milliseconds under the words of the recipe. */
export interface RetryData extends Pick<RetryPolicy, "attempts"> {
  readonly delay: number;
  readonly maxDelay: number;
}

export interface TimeoutsData {
  readonly turn: number;
  readonly silence: number;
  readonly idle: number;
  readonly change: number;
  readonly render: number;
}

export interface PollData {
  readonly state?: number;
  readonly render?: number;
}

const credits = (description: string): z.ZodType<number> =>
  leaf(
    (raw) => {
      if (typeof raw === "number" && Number.isFinite(raw) && raw >= 0) return { value: raw };
      const message = "must be a number of credits, 0 or more";
      const isQuoted = typeof raw === "string" && /^\d+(?:\.\d+)?$/.test(raw);
      return isQuoted ? { message, hint: `write it without quotes: ${raw}` } : { message };
    },
    { type: "number", minimum: 0 },
    { description, examples: [300] },
  );

const wait = (description: string): z.ZodType<number> =>
  plain("durationMs", { description, examples: ["15m"] });

/** A duration that is more than nothing. */
const span = (description: string): z.ZodType<number> =>
  leaf(
    (raw) => {
      const read = convert("durationMs", raw);
      return "value" in read && read.value === 0 ? { message: "must be more than nothing" } : read;
    },
    kindSchemas.durationMs,
    { description, examples: ["15m"] },
  );

export const budgetSchema: z.ZodType<Budget> = shortFor(
  {
    id: "budget",
    short: { type: "number", minimum: 0, description: "Credits per run." },
    keyOf: () => "perRun",
  },
  fields(
    {
      perJob: z.exactOptional(credits("Most credits for one job.")),
      perRun: z.exactOptional(credits("Most credits for one run.")),
      perDay: z.exactOptional(credits("Most credits in a day.")),
      perMonth: z.exactOptional(credits("Most credits in a month.")),
    },
    { title: "Budget", description: "Limits in credits; one number is the limit per run." },
  ),
);

export const retrySchema: z.ZodType<RetryData> = fields(
  {
    attempts: plain("count", { description: "How often a step is tried in all." }).prefault(3),
    delay: wait("Wait before the second attempt; it doubles from there.").prefault("2s"),
    maxDelay: wait("The longest wait between two attempts.").prefault("60s"),
  },
  { title: "Retry", description: "For steps that are safe to repeat; never for a paid turn." },
);

export const timeoutsSchema: z.ZodType<TimeoutsData> = fields(
  {
    turn: span("One turn's stream.").prefault("15m"),
    silence: span("Heartbeats alone.").prefault("10m"),
    idle: span("No byte at all.").prefault("2m"),
    change: span("Waiting for a closed turn to show in the state.").prefault("5m"),
    render: span("One render.").prefault("5m"),
  },
  { title: "Timeouts", description: "How long to wait." },
);

export const pollSchema: z.ZodType<PollData> = fields(
  {
    state: z.exactOptional(
      span("How often the state is asked for. Default: 10s; 200ms on the local backend."),
    ),
    render: z.exactOptional(
      span("How often a render is asked for. Default: 30s; 200ms on the local backend."),
    ),
  },
  { title: "Poll", description: "How often to ask; the first ask is at once." },
);
