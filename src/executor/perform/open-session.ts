import type { JobState } from "../../job/state.ts";
import type { JobContext, Performance } from "../job-context.ts";
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
