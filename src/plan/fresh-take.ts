import type { Hash } from "../base/hash.ts";
import { withSuffixes } from "./job-name.ts";
import type { ExportStep, PlannedJob } from "./planned-job.ts";
import { exportKey } from "./step-keys.ts";

/**
 * The same job as a take of its own. Its files stand beside those of the first, as far as they are called after the
 * job; others take the place of the ones that were made before.
 */
export function freshTake(job: PlannedJob, take: number, hash: Hash): PlannedJob {
  const name = withSuffixes(baseName(job), { take });
  const steps = job.steps.map((step) => (step.kind === "export" ? renamed(step, { job, name, hash }) : step));
  return { ...job, name, take, steps };
}

function baseName({ name, take }: PlannedJob): string {
  const ending = withSuffixes("", take === undefined ? {} : { take });
  return ending !== "" && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}

function renamed(
  step: ExportStep,
  { job, name, hash }: { readonly job: PlannedJob; readonly name: string; readonly hash: Hash },
): ExportStep {
  const path = withName(step.path, job.name, name);
  const shownPath = withName(step.shownPath, job.name, name);
  return { ...step, path, shownPath, key: exportKey({ ...step, path }, hash) };
}

/** Only in the file's own name: folders stay. */
function withName(path: string, before: string, now: string): string {
  const start = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
  const file = path.slice(start);
  const isWhole = file.startsWith(before) && !/^[\p{L}\p{N}]/u.test(file.slice(before.length));
  return isWhole ? path.slice(0, start) + now + file.slice(before.length) : path;
}
