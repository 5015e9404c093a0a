import { jobBusy } from "../../journal/job-busy.ts";
import { Failure } from "../../base/failure.ts";
import { isGivenUp, parkedTurn, turnInFlight, type JobState } from "../../job/state.ts";
import type { Journal } from "../../executor/ports.ts";
import { formatInstant } from "../../report/format-instant.ts";
import { turnEvidence } from "../../report/turn-evidence.ts";
import { ask, canAsk, confirm } from "../ask.ts";
import type { Call, Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import type { Flags } from "../command-line/flags.ts";
import { jobsMeant } from "../kept-jobs/jobs-meant.ts";
import { openJournalFor } from "../open-world.ts";
import { readJob, type ReadJob } from "../kept-jobs/read-job.ts";
import { settingsFor } from "../settings.ts";
import { usage, type Stop } from "../stop.ts";

const decisions = ["adopt", "resend", "drop"] as const;
type Decision = (typeof decisions)[number];

/** Records what a person decided about a turn of which nobody can know whether it ran. Sends nothing itself. */
export const resolve: Command = async (call) => {
  const { args, flags, screen } = call;
  const given = decisionIn(flags);
  const journal = await openJournalFor(call, await settingsFor(call));
  try {
    const { state } = await parkedJob(args[0] ?? "", journal);
    const lock = await journal.lock(state.jobId);
    if (lock === undefined) throw jobBusy(state.jobId);
    try {
      const job = await readJob(state.jobId, journal);
      const key = parkedTurn(job.state);
      if (key === undefined) throw notParked(job);
      const decision = given ?? (await askFor(job, key, call));
      if (decision === undefined) {
        screen.alert("left as it is: nothing was decided, and nothing is sent.");
        return exitCodes.mayBeLive;
      }
      await journal.append(state.jobId, { type: "turn-resolved", key, decision }, job.state.seq);
      screen.note(wordsFor(decision, job));
      return exitCodes.done;
    } finally {
      await lock.release();
    }
  } finally {
    await journal.close();
  }
};

function decisionIn(flags: Flags): Decision | undefined {
  const given = decisions.filter((decision) => flags[decision] === true);
  if (given.length > 1)
    throw usage(`${given.map((decision) => `--${decision}`).join(" and ")} exclude each other.`);
  return given[0];
}

async function parkedJob(text: string, journal: Journal): Promise<ReadJob> {
  const isParked = (state: JobState): boolean => parkedTurn(state) !== undefined;
  const jobs = await jobsMeant(text, journal, isParked);
  const [only, ...others] = jobs.filter(({ state }) => isParked(state));
  const names = [only, ...others].flatMap((job) => (job === undefined ? [] : [job.state.jobId]));
  if (others.length > 0) throw usage(`${text} has several parked jobs: name one of ${names.join(", ")}`);
  if (only !== undefined) return only;
  const [job] = jobs;
  if (job !== undefined && jobs.length === 1) throw (await stillSought(job, journal)) ?? notParked(job);
  throw usage(
    `no job of ${text} is parked: there is nothing to decide.`,
    "nemo-recipe status lists what waits.",
    "nothing-to-do",
  );
}

/** Another process looks for what became of the turn: before it knows, there is nothing that a person could decide. */
async function stillSought({ state }: ReadJob, journal: Journal): Promise<Failure | undefined> {
  const sentAtMs = state.turns.get(turnInFlight(state) ?? "")?.sentAtMs;
  if (sentAtMs === undefined) return undefined;
  const lock = await journal.lock(state.jobId);
  await lock?.release();
  if (lock !== undefined) return undefined;
  const { turnMs, changeMs } = state.plan.settings.timeouts;
  const untilMs = sentAtMs + turnMs + changeMs;
  return new Failure({
    code: "job-busy",
    message: `another process is at ${state.plan.name}, and looks for what became of its turn`,
    hint: `let it: by ${formatInstant(untilMs)} it knows, or the job is parked and \`nemo-recipe resolve ${state.jobId}\` asks you. Nothing is sent twice`,
    sent: "not-sent",
  });
}

function notParked({ state }: ReadJob): Stop {
  const { status, plan, jobId } = state;
  const goesOn = status !== "finished" && !isGivenUp(state);
  const hint = goesOn ? `nemo-recipe resume ${jobId} goes on from where it stands.` : undefined;
  return usage(`${plan.name} is not parked: there is nothing to decide.`, hint, "nothing-to-do");
}

/** Undefined where the person decides nothing. */
async function askFor(job: ReadJob, key: string, { io, screen }: Call): Promise<Decision | undefined> {
  const { jobId, plan } = job.state;
  if (!canAsk(io))
    throw usage(
      `${plan.name} waits for a decision: say --adopt, --resend or --drop.`,
      `nemo-recipe show ${jobId} shows what is known; nemo-recipe resolve --help tells what each does.`,
    );
  for (const line of turnEvidence(job.state, key, { paint: screen.paint })) screen.note(line);
  const answer = await ask(io, "adopt, resend or drop? [leave it as it is] ", "");
  const decision = decisions.find((one) => answer !== "" && one.startsWith(answer.toLowerCase()));
  if (decision !== "resend") return decision;
  return (await confirm(io, "If the first one ran, the prompt is paid twice. Send it again?"))
    ? "resend"
    : undefined;
}

function wordsFor(decision: Decision, { state: { plan, jobId } }: ReadJob): string {
  const next = `next: \`nemo-recipe resume ${jobId}\``;
  switch (decision) {
    case "adopt":
      return `${plan.name}: the video as it stands counts as what the turn made; the prompt is not sent again.\n${next} goes on behind it`;
    case "resend":
      return `${plan.name}: the prompt will be sent once more. If the first one ran, both are paid.\n${next} sends it`;
    case "drop":
      return `${plan.name} is given up. If its turn ran, it is paid; its session stays on the service.`;
  }
}
