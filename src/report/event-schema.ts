import * as z from "zod";
import { failureCodes, type FailureCode } from "../base/failure-codes.ts";
import { formats } from "../recipe/recipe.ts";

const run = z.string().describe("Id of the run");
const count = z.int().nonnegative();
const bytes = count;
const ms = z.number().nonnegative();
const share = z.number().describe("From 0 to 1");
const name = z.string().describe("Name of the uploaded file");
const render = z.string().describe("Id of the render at the service");
const attempt = z.int().min(1).describe("1 for the first");
const sha256 = z.string().describe("SHA-256 of the file, lower-case hex");
const path = z.string().describe("Absolute path");

const failure = z
  .strictObject({
    code: z.enum(Object.keys(failureCodes) as [FailureCode, ...FailureCode[]]),
    message: z.string().describe("What happened, in one sentence"),
    hint: z.string().optional().describe("The next step that helps"),
  })
  .meta({ id: "failure", description: "Why something was refused" });

const job = z
  .strictObject({
    id: z.string(),
    name: z.string().describe("Unique within the run"),
    recipe: z.string().describe("Name of the recipe"),
  })
  .meta({ id: "job", description: "The job that this is about" });

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const slot = z
  .strictObject({
    id: z.string().describe("`recipe@2026-11-20T09:00:00+01:00`"),
    recipe: z.string().describe("Name of the recipe"),
    at: z.string().regex(instant).meta({ format: "date-time", description: "Its instant, UTC" }),
  })
  .meta({ id: "slot", description: "The slot that this is about" });
const recipe = z.string().describe("Name of the recipe");

const credits = z.strictObject({ available: z.number(), frozen: z.number(), total: z.number() });

/** What every line has, and what lines of its type have besides. */
function line<Shape extends z.ZodRawShape>(type: string, description: string, shape: Shape): z.ZodObject {
  const at = z.string().regex(instant).meta({ format: "date-time", description: "When it happened, UTC" });
  return z.strictObject({ type: z.literal(type), at, ...shape }).describe(description);
}

const jobLine = <Shape extends z.ZodRawShape>(type: string, description: string, shape: Shape): z.ZodObject =>
  line(type, description, { job, ...shape });

const stepLine = <Shape extends z.ZodRawShape>(
  type: string,
  description: string,
  shape: Shape,
): z.ZodObject =>
  jobLine(type, description, { step: z.string().describe("Key of the job's step"), ...shape });

const lines = [
  line("run-started", "The run begins", { run, jobs: count }),
  jobLine("job-started", "The job is taken up", {}),
  jobLine("job-skipped", "The job is not taken up", {
    reason: z.enum(["up-to-date", "busy", "parked", "stopped", "cancelled", "held-back"]),
    files: z.array(path).optional().describe("Paths of the videos, where the job is up to date"),
  }),
  jobLine("job-planned", "The job's plan is on record", {
    run,
    backend: z.string().describe("`local`, or the origin of the service"),
    uploads: count,
    turns: count.describe("Declared turns, each of which is paid"),
    exports: count,
  }),
  jobLine("job-resumed", "The job goes on where an earlier run left it", { run }),
  jobLine("session-opened", "The service has opened a session", { session: z.string(), task: z.string() }),
  jobLine("session-forgotten", "A session in which nothing was paid is left for a new one", {}),
  stepLine("upload-sending", "An input is about to be sent; this is on record first", {}),
  stepLine("upload-not-sent", "The input is certainly not at the service", { failure: failure.optional() }),
  stepLine("file-uploaded", "An input is at the service", { name }),
  stepLine("turn-sending", "A paid turn is about to be sent; this is on record first", {
    attempt,
    creditsBefore: credits,
  }),
  stepLine("turn-not-sent", "The turn certainly did not run; nothing was paid", { failure }),
  stepLine("turn-closed", "The turn's stream has ended, which says nothing about what it made", {
    end: z.enum(["closed", "lost", "silent", "timed-out"]),
    texts: z.array(z.string()).describe("What the service said"),
    failure: failure.optional(),
  }),
  stepLine("turn-settled", "What the turn made is known", {
    changed: z.boolean().describe("Whether the video changed"),
    cost: z.number().optional().describe("Credits, measured; absent where they could not be"),
    durationMs: ms.optional().describe("Of the video as it stands"),
    openUntil: z
      .string()
      .regex(instant)
      .optional()
      .describe("A person went on from the service's answer: until then a change may still follow, UTC"),
  }),
  stepLine("turn-skipped", "The video is already what the refinement wants", {}),
  stepLine("turn-unknown", "Nobody can know whether the turn ran; a person decides", { failure }),
  stepLine("turn-resolved", "A person has decided", { decision: z.enum(["adopt", "resend", "drop"]) }),
  stepLine("export-starting", "A render is about to be asked for", { render, attempt }),
  stepLine("export-progress", "A render goes on", { share }),
  stepLine("export-ready", "A render is made", { render }),
  stepLine("export-failed", "A render could not be made or fetched", { render, failure }),
  stepLine("file-placing", "A fetched and checked file is about to be put in its place", {
    path,
    sizeBytes: bytes,
    sha256,
  }),
  stepLine("file-delivered", "A file is in its place", {
    path,
    sizeBytes: bytes,
    sha256,
    format: z.string().describe(`What the file is: ${formats.join(", ")}`),
    durationMs: ms.optional(),
    width: count.optional(),
    height: count.optional(),
    unmet: z.array(z.string()).describe("How it differs from the recipe's `expect`; empty where it is met"),
    preview: z.literal(true).optional().describe("It is to be looked at, and is not what was asked for"),
  }),
  stepLine("review-asked", "The video waits for somebody who approves or refines it", {
    until: z.string().regex(instant).optional().describe("When the recipe's rule decides, UTC"),
  }),
  stepLine("review-decided", "The video may be exported, or is given up", {
    decision: z.enum(["approve", "stop"]),
    by: z.enum(["person", "deadline"]),
  }),
  jobLine("job-finished", "The job is done", {}),
  jobLine("job-failed", "The job has failed", { failure }),
  jobLine("job-needs-you", "The job waits for a person", { failure }),
  jobLine("upload-progress", "Bytes of an input are on their way", {
    name,
    sentBytes: bytes,
    sizeBytes: bytes,
  }),
  jobLine("agent-said", "The service says something while it works", { text: z.string() }),
  jobLine("still-working", "The service works on, without a word", { elapsedMs: ms }),
  jobLine("turn-waiting", "The turn's outcome is being looked up", { prompt: z.string() }),
  jobLine("turn-unchanged", "The stream has ended without a change, which is waited for", {
    leftMs: ms.describe("How long at most"),
  }),
  jobLine("render-progress", "A render goes on", { share }),
  jobLine("download-progress", "Bytes of a render arrive", {
    receivedBytes: bytes,
    sizeBytes: bytes.optional(),
  }),
  jobLine("retrying", "A call that costs nothing is made once more", { attempt, delayMs: ms, failure }),
  jobLine("warning", "Something to know, which stops nothing", {
    message: z.string(),
    hint: z.string().optional(),
  }),
  line(
    "first-seen",
    "Nobody has looked after an entry of a schedule before: its slots count from the minute before this look",
    {
      next: slot,
    },
  ),
  line("slot-started", "A slot of a schedule begins; a run follows", { slot }),
  line("slot-finished", "A slot's run has ended", {
    slot,
    exitCode: z.int().describe("What `run` would have exited with"),
  }),
  line(
    "slot-given-back",
    "A slot's run could not begin and paid nothing; it is tried again while it counts as due",
    {
      slot,
      exitCode: z.int().describe("What `run` would have exited with"),
    },
  ),
  line("slot-skipped", "A slot is left out: the run before it is still going", { slot }),
  line("slot-waiting", "A slot waits: the run before it is still going", { slot }),
  line("slots-missed", "Slots passed while nobody looked, and are not started", {
    first: slot,
    last: slot,
    count: z.int().min(1),
    isMore: z.boolean().describe("True where there are more than were counted"),
  }),
  line("look-failed", "The journal could not be asked for due slots; it is asked again", { failure }),
  line("service-away", "The service does not answer: unattended jobs wait", { failure }),
  line("service-back", "The service answers again: jobs go on", {}),
  line("recipe-loaded", "`up` works with this edition of a recipe from now on", { recipe, file: path }),
  line("recipe-dropped", "`up` takes up nothing more of a recipe", { recipe, file: path }),
  line("recipe-refused", "A changed recipe or config is wrong: the one before it goes on", {
    file: path,
    message: z.string(),
  }),
  line("run-finished", "The run has ended; the last line of `run`", {
    run,
    elapsedMs: ms,
    exitCode: z.int().describe("What the process exits with"),
    counts: z.strictObject({
      succeeded: count,
      upToDate: count,
      failed: count,
      needsYou: count,
      interrupted: count,
      notStarted: count
        .optional()
        .describe("Held back, because three jobs in a row cost and brought nothing"),
      leftOut: count.optional().describe("Files of a watch that cannot be used as they are, and made no job"),
    }),
    credits: z.number().describe("Measured credits of this run"),
    costUnknown: z.boolean().describe("True where some turn's cost could not be measured"),
    files: z.array(path).describe("Delivered files, in order"),
  }),
] as const;

/** One line of `--json`. */
export const eventSchema: z.ZodType = z.discriminatedUnion("type", lines);

/** JSON Schema of one line of `--json`. */
export function eventJsonSchema(): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "An event of nemo-recipe",
    description:
      "One line of `nemo-recipe run --json`, or of watch, schedule, tick and up. The last line of a run is `run-finished`.",
    ...z.toJSONSchema(eventSchema),
  };
}
