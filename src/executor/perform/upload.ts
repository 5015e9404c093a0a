import { Failure } from "../../base/failure.ts";
import { noteOf } from "../../job/note-of.ts";
import { mayHavePaid, type JobState } from "../../job/state.ts";
import { sessionOf, type ActionOf, type JobContext, type Performance } from "../job-context.ts";
import type { UploadedFile } from "../ports.ts";
import { retrySafely } from "../retry-safely.ts";
import { lookForFile } from "./reconcile-upload.ts";

/**
 * Puts one input into the session. What certainly did not arrive is sent again at once; what may have is looked for,
 * because a file that is in the session twice is in the video twice.
 */
export async function* upload(
  state: JobState,
  { step }: ActionOf<"upload">,
  context: JobContext,
): Performance {
  const { key } = step;
  const send = await makeReady(state, step, context);
  const filesBefore = await filesHeld(state, context);
  yield { type: "upload-sending", key, filesBefore };
  try {
    const { name } = await retrySafely(send, { ...state.plan.settings.retry, unlessSent: true }, context);
    yield { type: "file-uploaded", key, name };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.facts.sent === "maybe-sent") {
      if (context.signal.aborted) throw error;
      yield* lookForFile(state, { step, filesBefore, lost: error }, context);
      return;
    }
    yield { type: "upload-not-sent", key, failure: noteOf(error.facts) };
    if (error.facts.code !== "session-lost" || mayHavePaid(state)) throw error;
    yield { type: "session-forgotten" };
  }
}

/**
 * How many files the session holds. Before anything was paid there is nothing in it but what this job put there; after
 * that the service may have added media of its own.
 */
async function filesHeld(state: JobState, context: JobContext): Promise<number> {
  if (!mayHavePaid(state)) return state.uploads.size;
  const { signal, service } = context;
  const count = (): Promise<number> => service.countFiles(sessionOf(state), { signal });
  // A state that lags behind may not show the newest file yet.
  return Math.max(state.uploads.size, await retrySafely(count, state.plan.settings.retry, context));
}

async function makeReady(
  state: JobState,
  step: ActionOf<"upload">["step"],
  context: JobContext,
): Promise<() => Promise<UploadedFile>> {
  const session = sessionOf(state);
  const { signal, service } = context;
  if (step.media.kind === "url") {
    const { url } = step.media;
    return () => service.uploadUrl({ session, url }, { signal });
  }
  const source = await context.files.openInput(step.media.file);
  const onSent = (sentBytes: number): void =>
    context.tell({ type: "upload-progress", name: source.name, sentBytes, sizeBytes: source.sizeBytes });
  return () => service.uploadFile({ session, source, onSent }, { signal });
}
