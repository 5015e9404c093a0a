import * as z from "zod";
import { countOf } from "../../base/count-of.ts";
import { nearMiss } from "../../base/near-miss.ts";
import { shorten } from "../../base/shorten.ts";
import type { Converted } from "../convert.ts";
import type { ScheduleEntry } from "../recipe.ts";
import { choice, leaf, plain } from "./leaf.ts";
import { fields } from "./shapes.ts";

/** As written: durations in milliseconds under the words of the recipe. */
export interface ScheduleData extends Omit<ScheduleEntry, "withinMs" | "jitterMs" | "place"> {
  readonly within: number;
  readonly jitter: number;
}

const nicknames = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

export const scheduleSchema: z.ZodType<ScheduleData> = fields(
  {
    cron: leaf(
      readCron,
      { type: "string", minLength: 1 },
      {
        description: "When: 5 or 6 fields with `L W #` and names, or `@daily` …",
        examples: ["0 9 * * 1-5", "@daily"],
      },
    ),
    timezone: z.exactOptional(
      leaf(
        readTimezone,
        { type: "string", minLength: 1 },
        { description: "IANA name. Default: the machine's.", examples: ["Europe/Paris"] },
      ),
    ),
    overlap: choice(["skip", "queue", "parallel"], {
      description:
        "When the last slot's run is still going: skip, queue (at most one waits) or run in parallel.",
    }).prefault("skip"),
    catchUp: choice(["none", "newest", "all"], {
      description: "Slots that passed unstarted: none, the newest, or all (oldest first).",
    }).prefault("newest"),
    within: plain("durationMs", { description: "An older slot is missed, and said so." }).prefault("12h"),
    jitter: plain("durationMs", {
      description: "Up to this much later, the same for a given slot.",
    }).prefault("0s"),
    enabled: plain("boolean", { description: "Whether this entry is used." }).prefault(true),
    params: z
      .record(z.string(), plain("scalar", { description: "A value." }))
      .meta({ description: "Parameters of this entry." })
      .default({}),
  },
  { id: "schedule", title: "Schedule entry", description: "When `schedule` and `tick` start this recipe." },
);

/** Sees the shape only; the schedule itself reads the fields. */
function readCron(raw: unknown): Converted<string> {
  const message = "must be 5 or 6 cron fields such as `0 9 * * 1-5`, or `@daily`";
  if (typeof raw !== "string") return { message };
  const cron = raw.trim().replace(/\s+/g, " ");
  if (nicknames.includes(cron.toLowerCase())) return { value: cron };
  const parts = cron.split(" ");
  const fits =
    (parts.length === 5 || parts.length === 6) && parts.every((part) => /^[\w*/,#?+-]+$/.test(part));
  if (fits) return { value: cron };
  const near = cron.startsWith("@") ? nearMiss(cron, nicknames) : undefined;
  if (near !== undefined) return { message, hint: `did you mean \`${near}\`?` };
  return {
    message,
    hint: `\`${shorten(cron)}\` has ${countOf(parts.length, "field")}`,
  };
}

/** A list of schedules repeats one name, and a wrong one is looked for among four hundred. */
let lastZone: { readonly raw: string; readonly read: Converted<string> } | undefined;

function readTimezone(raw: unknown): Converted<string> {
  if (typeof raw !== "string") return { message: zoneMessage };
  if (lastZone?.raw !== raw) lastZone = { raw, read: judgeTimezone(raw) };
  return lastZone.read;
}

const zoneMessage = "must be an IANA time zone such as `Europe/Paris` or `UTC`";

function judgeTimezone(raw: string): Converted<string> {
  const message = zoneMessage;
  // A formatter takes 10 ms to make, the list of names 1: it is for the aliases, which the list lacks.
  if (raw === "UTC" || Intl.supportedValuesOf("timeZone").includes(raw)) return { value: raw };
  try {
    return { value: new Intl.DateTimeFormat("en", { timeZone: raw }).resolvedOptions().timeZone && raw };
  } catch {
    const near = nearMiss(raw, Intl.supportedValuesOf("timeZone"));
    return near === undefined ? { message } : { message, hint: `did you mean "${near}"?` };
  }
}
