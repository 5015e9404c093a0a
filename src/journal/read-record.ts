import type { JobEvent } from "../job/event.ts";

/** The file changed under what was written: a record cannot be read, or the tables do not hold together. */
export class Damage extends Error {
  override readonly name = "Damage";
  readonly trouble: "damaged" | "damaged-record";

  constructor(trouble: Damage["trouble"], message: string, cause?: unknown) {
    super(message, { cause });
    this.trouble = trouble;
  }
}

const ofRecord = (whose: string, cause?: unknown): Damage =>
  new Damage("damaged-record", `a record of ${whose} cannot be read`, cause);

/** The event in a record of a job; its type stands beside it as well. */
export function readRecord(body: string, jobId: string, type: string): JobEvent {
  const event = readText(body, jobId);
  if (event === null || typeof event !== "object" || Reflect.get(event, "type") !== type)
    throw ofRecord(jobId);
  return event as JobEvent;
}

/** What JSON text in a record of `whose` holds. */
export function readText(text: string, whose: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw ofRecord(whose, error);
  }
}
