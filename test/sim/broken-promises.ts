import { turnInFlight, type JobState, type TurnState } from "../../src/job/state.ts";
import { overspent } from "./overspent.ts";
import { isAtRest, type Story } from "./simulate.ts";

/** What a story shows of promises that were not kept, as sentences; empty where all were. The oracle is the backend. */
export function brokenPromises(story: Story): string[] {
  return [
    ...paidTwice(story),
    ...overspent(story),
    ...misfiled(story),
    ...unapproved(story),
    ...story.jobs.flatMap((job) => [...leftOver(job), ...misjudged(story, job)]),
  ];
}

/** R1: a prompt that the service took on more than once. */
function paidTwice(story: Story): string[] {
  const seen = new Set<string>();
  const twice = story.accepted.filter(({ prompt }) => seen.has(prompt) || !seen.add(prompt));
  return twice.map(({ prompt }) => `"${prompt}" was paid twice`);
}

/** A turn that was paid while one of its files was not in its session, or with a file that is in it twice. */
function misfiled(story: Story): string[] {
  return story.jobs.flatMap(({ plan }) => {
    const wanted: string[] = [];
    return plan.steps.flatMap((step) => {
      if (step.kind === "upload" && step.media.kind === "file") wanted.push(step.media.file.name);
      const turn = story.accepted.find(({ prompt }) => step.kind === "turn" && prompt === step.prompt);
      if (turn === undefined) return [];
      const missing = wanted.filter((file) => !turn.files.includes(file));
      const doubled = story.filesOf(turn.sessionId).filter((file, at, all) => all.indexOf(file) !== at);
      return [
        ...missing.map((file) => `"${turn.prompt}" was paid without ${file}`),
        ...doubled.map((file) => `"${turn.prompt}" was paid with ${file} twice`),
      ];
    });
  });
}

/** A video that was put in its place although nobody had approved its draft. */
function unapproved({ jobs, events }: Story): string[] {
  return jobs.flatMap(({ jobId, plan }) => {
    if (plan.review === undefined) return [];
    const own = events.filter((event) => event.jobId === jobId).map(({ event }) => event);
    return own.flatMap((event, at) => {
      if (event.type !== "export-starting") return [];
      const step = plan.steps.find(({ key }) => key === event.key);
      if (step?.kind !== "export" || step.preview === true) return [];
      const isApproved = own
        .slice(0, at)
        .some((before) => before.type === "review-decided" && before.key === step.draftKey);
      return isApproved ? [] : [`${plan.name} was exported without an approval`];
    });
  });
}

/** R2: a job that is neither delivered, nor failed with a reason, nor parked. */
function leftOver(job: JobState): string[] {
  if (isAtRest(job) && (turnInFlight(job) === undefined || job.status === "needs-you")) return [];
  return [`${job.plan.name} is left ${job.status} (${job.failure?.code})`];
}

/** Parked although the service showed in time that the turn ran; or delivered before all of it was there. */
function misjudged(story: Story, job: JobState): string[] {
  const sessionId = job.session?.sessionId ?? "";
  const { turnMs, changeMs } = job.plan.settings.timeouts;
  const cloudWindowMs = Math.max(turnMs + changeMs, 20 * 60_000);
  const [key, parked] = [...job.turns].find(([, { status }]) => status === "unknown") ?? [];
  if (parked !== undefined) {
    const step = job.plan.steps.find((one) => one.key === key);
    const ran = story.accepted.some(({ prompt }) => step?.kind === "turn" && prompt === step.prompt);
    const shown = story.draftAt(sessionId, parked.sentAtMs + cloudWindowMs - 30_000)?.fingerprint ?? "none";
    // What changes behind a turn that never ran is an earlier one's.
    return !ran || shown === parked.draftBefore
      ? []
      : [`${job.plan.name} was parked although its turn was there to be seen`];
  }
  if (job.status !== "finished" || [...job.turns.values()].some(isBlurred)) return [];
  const truth = story.draftAt(sessionId, Infinity)?.fingerprint;
  return truth === job.newestDraft?.fingerprint
    ? []
    : [`${job.plan.name} was delivered before its turn was whole`];
}

/** While turns overlap, or behind a question, the client cannot tell more than it did. */
function isBlurred(turn: TurnState): boolean {
  return turn.overlapped || turn.costUnknown || turn.changed !== true;
}
