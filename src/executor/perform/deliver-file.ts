import { assert } from "../../base/assert.ts";
import { Failure } from "../../base/failure.ts";
import { draftDifferences, fileDifferences } from "../../job/check-differences.ts";
import type { FileFacts } from "../../job/media.ts";
import { noteOf } from "../../job/note-of.ts";
import type { JobState } from "../../job/state.ts";
import type { ExportStep } from "../../plan/planned-job.ts";
import { sessionOf, type ActionOf, type JobContext, type Performance } from "../job-context.ts";
import type { Delivery } from "../ports.ts";
import { retrySafely } from "../retry-safely.ts";

/** Failures of the file at the service, which a new render may mend; all others are of this machine. */
const mendable = new Set([
  "download-failed",
  // A render that was made, and that the service knows no more.
  "render-failed",
  "wrong-media",
  "bad-answer",
  "service-error",
  "unreachable",
  "bad-request",
]);

/**
 * Fetches a finished render, looks whether it is what was asked for, and puts it in its place whole. Its path and
 * hash are recorded before it is there: what stands at a path and has such a hash is ours to replace.
 */
export async function* deliverFile(
  state: JobState,
  action: ActionOf<"deliver">,
  context: JobContext,
): Performance {
  const { step, renderId } = action;
  const within = step.outDir ?? state.plan.outDir;
  const delivery = await context.files.deliver(step.path, renderId, { within });
  try {
    const facts = await fetchFile(state, action, { delivery, context });
    const unmet = differences(state, step, facts);
    const path = unmet.length > 0 ? unmetPath(step.path) : step.path;
    const { sha256, sizeBytes } = facts;
    const ours = [...(await context.placedBefore(path)), sha256];
    yield { type: "file-placing", key: step.key, path, sha256, sizeBytes };
    await delivery.place(path, { ours, any: context.overwrite });
    yield {
      type: "file-delivered",
      key: step.key,
      path,
      facts,
      unmet,
      ...(step.preview && { preview: true }),
    };
  } catch (error) {
    if (!(error instanceof Failure) || !mendable.has(error.facts.code)) throw error;
    yield { type: "export-failed", key: step.key, renderId, failure: noteOf(error.facts) };
  } finally {
    await delivery.discard();
  }
}

async function fetchFile(
  state: JobState,
  { step, renderId }: ActionOf<"deliver">,
  { delivery, context }: { readonly delivery: Delivery; readonly context: JobContext },
): Promise<FileFacts> {
  const url = state.exports.get(step.key)?.url;
  const request = {
    session: sessionOf(state),
    renderId,
    ...(url !== undefined && { url }),
    openSink: () => delivery.openSink(),
    onReceived: (receivedBytes: number, sizeBytes?: number) =>
      context.tell({
        type: "download-progress",
        receivedBytes,
        ...(sizeBytes !== undefined && { sizeBytes }),
      }),
  };
  const { retry } = state.plan.settings;
  await retrySafely(() => context.service.download(request, { signal: context.signal }), retry, context);
  return delivery.verify(step.format);
}

function differences(state: JobState, step: ExportStep, facts: FileFacts): string[] {
  if (step.expect === undefined) return [];
  const draft = state.drafts.get(step.draftKey);
  assert(draft !== undefined, "an export has the draft that was kept for it");
  return [
    ...new Set([...draftDifferences(step.expect, draft.timeline), ...fileDifferences(step.expect, facts)]),
  ];
}

/** `out/promo.mp4` → `out/promo.unmet.mp4` */
function unmetPath(path: string): string {
  return path.replace(/(\.[^./\\]+)?$/, (extension) => `.unmet${extension}`);
}
