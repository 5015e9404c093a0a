import { assert } from "../../base/assert.ts";
import { formatDuration } from "../../base/duration.ts";
import { Failure } from "../../base/failure.ts";
import type { JobEvent } from "../../job/event.ts";
import { noteOf } from "../../job/note-of.ts";
import { mayHavePaid, type JobState } from "../../job/state.ts";
import type { UploadStep } from "../../plan/planned-job.ts";
import { sessionOf, type ActionOf, type JobContext, type Performance } from "../job-context.ts";
import { retryDelayMs, retrySafely } from "../retry-safely.ts";

/** Finds out what became of an upload in whose middle a process ended. Reads only. */
export async function* reconcileUpload(
  state: JobState,
  { step }: ActionOf<"reconcile-upload">,
  context: JobContext,
): Performance {
  const { uploading } = state;
  assert(uploading?.key === step.key, "an upload that is looked for was begun");
  yield* lookForFile(state, { step, filesBefore: uploading.filesBefore }, context);
}

interface DoubtfulUpload {
  readonly step: UploadStep;
  readonly filesBefore: number;
  /** How its call ended; absent after a crash. */
  readonly lost?: Failure;
}

/**
 * Looks whether a file is in the session of which nobody heard. A session in which nothing was paid is left where it is
 * not: that costs nothing, and is certain. One that holds paid work is watched for as long as a change may take to show.
 */
export async function* lookForFile(
  state: JobState,
  { step, filesBefore, lost }: DoubtfulUpload,
  context: JobContext,
): Performance {
  const { key } = step;
  if (lost !== undefined) await pauseBehind(lost, state, context);
  const isPaid = mayHavePaid(state);
  if (isPaid) tellOfTheLook(state, context);
  const files = await watchFiles(state, filesBefore, {
    windowMs: isPaid ? windowMs(state) : 0,
    context,
  }).catch((error: unknown): undefined => {
    if (isPaid || !(error instanceof Failure) || error.facts.code !== "session-lost") throw error;
  });
  if (files === undefined) {
    yield { type: "session-forgotten" };
    return;
  }
  if (files === filesBefore + 1) {
    yield { type: "file-uploaded", key, name: nameOf(step) };
    return;
  }
  if (isPaid && files !== filesBefore) {
    yield unknownUpload(state, step);
    return;
  }
  if (isPaid) yield { type: "upload-not-sent", key };
  else yield { type: "session-forgotten", reason: "upload-cut-off" };
  if (lost !== undefined && state.uploadsRepeated + 1 >= state.plan.settings.retry.attempts)
    yield { type: "job-failed", ...noteOf(lost.facts) };
}

/** The number of files that the session shows: as soon as there is one more, or when the time is up. */
async function watchFiles(
  state: JobState,
  filesBefore: number,
  { windowMs, context }: { readonly windowMs: number; readonly context: JobContext },
): Promise<number> {
  const { retry, poll } = state.plan.settings;
  const { service, clock, signal } = context;
  const endsAtMs = clock.now() + windowMs;
  for (;;) {
    const files = await retrySafely(() => service.countFiles(sessionOf(state), { signal }), retry, context);
    if (files > filesBefore || clock.now() >= endsAtMs) return files;
    await clock.sleep(poll.stateMs, signal);
  }
}

const windowMs = (state: JobState): number => state.plan.settings.timeouts.changeMs;

/** The file will be sent again, or looked for once more: not at once, and not without end over all jobs of a run. */
async function pauseBehind(lost: Failure, state: JobState, context: JobContext): Promise<void> {
  if (!context.retryBudget.take()) throw lost;
  const attempt = state.uploadsRepeated + 1;
  const policy = state.plan.settings.retry;
  const delayMs = retryDelayMs(lost.facts, attempt, { policy, chance: context.chance });
  const { code, message } = lost.facts;
  context.tell({ type: "retrying", attempt, delayMs, failure: { code, message } });
  await context.clock.sleep(delayMs, context.signal);
}

function tellOfTheLook(state: JobState, { tell }: JobContext): void {
  tell({
    type: "warning",
    message: `nobody heard whether the file arrived: looking for it in the session, up to ${formatDuration(windowMs(state))}`,
    hint: "a file that is sent twice would be in the video twice",
  });
}

function unknownUpload({ jobId }: JobState, step: UploadStep): JobEvent {
  return {
    type: "job-needs-you",
    code: "upload-unknown",
    message: `nobody knows whether ${nameOf(step)} is in the session, which does not show its files`,
    hint: `\`nemo-recipe resume ${jobId}\` looks again; \`nemo-recipe show ${jobId} --claim\` opens the session; a fresh take is paid anew: \`nemo-recipe retry ${jobId} --again\``,
  };
}

function nameOf({ media }: UploadStep): string {
  return media.kind === "file" ? media.file.name : new URL(media.url).pathname.split("/").at(-1) || "file";
}
