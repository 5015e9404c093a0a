import { Failure } from "../../base/failure.ts";
import { mayHavePaid, type JobState } from "../../job/state.ts";
import { sessionOf, type ActionOf, type JobContext, type Performance } from "../job-context.ts";
import type { UploadedFile } from "../ports.ts";
import { retrySafely } from "../retry-safely.ts";

/** Opens the session that the job's turns will share. */
export async function* openSession(state: JobState, context: JobContext): Performance {
  const { skill, language, settings } = state.plan;
  const { signal } = context;
  const session = await retrySafely(
    () => context.service.openSession({ skill, language }, { signal }),
    settings.retry,
    context,
  );
  yield { type: "session-opened", ...session };
}

/** Puts one input into the session. A session that was forgotten before anything was paid is opened anew. */
export async function* upload(
  state: JobState,
  { step }: ActionOf<"upload">,
  context: JobContext,
): Performance {
  const send = (): Promise<UploadedFile> => sendMedia(state, { step, context });
  try {
    const { name } = await retrySafely(send, state.plan.settings.retry, context);
    yield { type: "file-uploaded", key: step.key, name };
  } catch (error) {
    const lost = error instanceof Failure && error.facts.code === "session-lost";
    if (!lost || mayHavePaid(state)) throw error;
    yield { type: "session-forgotten" };
  }
}

async function sendMedia(
  state: JobState,
  { step, context }: { readonly step: ActionOf<"upload">["step"]; readonly context: JobContext },
): Promise<UploadedFile> {
  const session = sessionOf(state);
  const { signal } = context;
  if (step.media.kind === "url")
    return context.service.uploadUrl({ session, url: step.media.url }, { signal });
  const source = await context.files.openInput(step.media.file);
  const onSent = (sentBytes: number): void =>
    context.tell({ type: "upload-progress", name: source.name, sentBytes, sizeBytes: source.sizeBytes });
  return context.service.uploadFile({ session, source, onSent }, { signal });
}
