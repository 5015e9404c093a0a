import { cleanLine } from "../../base/clean-text.ts";
import type { Journal } from "../../executor/ports.ts";
import { stateOf } from "../../job/fold.ts";
import { turnInFlight, type JobState } from "../../job/state.ts";
import { timelineSummary } from "../../job/timeline-summary.ts";
import { isIdle } from "../../plan/is-at-head.ts";
import { lineOfJob } from "../../plan/line-of-job.ts";
import { backendElsewhere } from "../backend-elsewhere.ts";
import { exitCodes } from "../exit-code.ts";
import { findRun } from "../kept-jobs/find-run.ts";
import { planWith } from "../make-plan.ts";
import { usage } from "../stop.ts";
import { isPassedOver } from "./answer-request.ts";
import { driveTalk } from "./drive-talk.ts";
import { grownRecipe } from "./grown-recipe.ts";
import { isAmong } from "./is-among.ts";
import { isPreviewFile } from "./preview-file.ts";
import { refusedMedia } from "./refused-media.ts";
import type { Room } from "./room.ts";
import { sayAgent } from "./say-agent.ts";
import { mediaIn, requestsOf, withIdle, withoutLast, type Talk } from "./talk.ts";
import { tellTrouble } from "./tell-trouble.ts";

export interface CameBack {
  readonly talk: Talk;
  /** With the skill and the language of the job. */
  readonly room: Room;
}

/** The conversation that a job, a run of one job, or a session is. What is not one is refused: it would be paid anew. */
export async function comeBackTo(room: Room, text: string): Promise<CameBack> {
  const { world, files, words } = room;
  const state = await stateMeant(text, world.journal);
  const { plan } = state;
  if (plan.backend !== world.backend) throw elsewhere(state, room);
  const { talk, head } = talkOf(state);
  files.keep(
    plan.steps.flatMap((step) =>
      step.kind === "upload" && step.media.kind === "file" ? [step.media.file] : [],
    ),
  );
  const home = await roomOf(room, talk, { state, head });
  const requests = requestsOf(talk).length;
  room.voice.say(words.welcomeBack(talk.name ?? plan.name, requests, state.jobId));
  tellWhereItStands(home, talk, state);
  if (state.status === "finished" || requests === 0) return { talk, room: home };
  // What was cut off is looked after before anything else is said. Nothing of it is sent again.
  const driven = await driveTalk(home, talk);
  room.voice.work(undefined);
  if (driven.exitCode !== exitCodes.done) tellTrouble(home, driven);
  const isOver = driven.exitCode === exitCodes.done && isPassedOver(driven, talk);
  return { talk: isOver ? withIdle(withoutLast(talk), driven.talk) : driven.talk, room: home };
}

const shownLength = 300;

/** What is on the timeline, and what was asked last; what the service has said to it where that was never settled. */
function tellWhereItStands(room: Room, talk: Talk, state: JobState): void {
  const { voice, words, goingOn, world } = room;
  const { draft } = talk;
  if (world.backend === "local") voice.say(words.localNote);
  if (draft?.ready === true) voice.say(cleanLine(timelineSummary(draft.timeline, words.timeline), 4000));
  const last = requestsOf(talk).at(-1);
  if (last === undefined) return;
  const open = state.turns.get(turnInFlight(state) ?? "");
  const shown = cleanLine(last, shownLength);
  voice.say(open === undefined ? words.lastRequest(shown) : words.openRequest(shown));
  for (const text of open?.texts ?? []) sayAgent(text, room);
  if (open !== undefined) goingOn.offer(open.texts);
}

/** The room in which the conversation is planned as the job that it was. */
async function roomOf(
  room: Room,
  talk: Talk,
  { state: { plan, jobId }, head }: { readonly state: JobState; readonly head: string },
): Promise<Room> {
  const base = { ...room.base, skill: plan.skill };
  if (head === "") return { ...room, base };
  for (const one of [base, { ...base, language: plan.language }]) {
    const recipes = [grownRecipe(one, talk)];
    const order = {
      ...room,
      world: room.files.world,
      recipes,
      inputs: [],
      runId: "run",
      balance: "when-paying",
    } as const;
    const planned = (await planWith(order, plan.account)).jobs[0];
    if (planned?.job.paidKey === head && (planned.jobId ?? jobId) === jobId) return { ...room, base: one };
  }
  throw usage(
    `${plan.name} cannot be gone on with as a conversation: it has variants, checks, a slot or a newer take.`,
    `nemo-recipe show ${jobId} --as-recipe prints it as a recipe.`,
  );
}

async function stateMeant(text: string, journal: Journal): Promise<JobState> {
  const state = stateOf(await journal.read(await jobMeant(text, journal)));
  if (state === undefined)
    throw usage(`there is no job "${text}" in this state folder`, "nemo-recipe runs lists what there is.");
  return state;
}

async function jobMeant(text: string, journal: Journal): Promise<string> {
  const meant = await findRun(text, journal);
  if (meant.kind === "job") return meant.job.jobId;
  const [only, ...others] = meant.run.jobIds;
  if (only !== undefined && others.length === 0) return only;
  throw usage(
    `${text} is a run of ${meant.run.jobIds.length} jobs: name one of them.`,
    `nemo-recipe show ${meant.run.runId} lists them.`,
  );
}

/** What was said and sent. A request at its end that never left is none: it would be sent, and paid, unasked. */
function talkOf(state: JobState): { readonly talk: Talk; readonly head: string } {
  const { jobId, plan, session, drafts, newestDraft, exports, turns } = state;
  const hasVideo = [...drafts.values()].some(({ ready }) => ready);
  const lastSent = plan.steps.findLastIndex(({ kind, key }) => {
    const turn = turns.get(key);
    if (kind !== "turn" || turn === undefined || turn.status === "not-sent") return false;
    return !hasVideo || !isIdle(turn);
  });
  const head = plan.steps[lastSent]?.key ?? "";
  const kept = plan.steps.filter(
    (step, index) =>
      (index <= lastSent || (step.kind === "export" && step.draftKey === head)) &&
      !(step.kind === "export" && isPreviewFile(step.path)),
  );
  const rest = plan.steps.slice(lastSent + 1);
  const idleEnd = rest.findLastIndex(
    ({ kind, key }) => kind === "turn" && turns.get(key)?.status === "settled",
  );
  const draft = drafts.get(head) ?? newestDraft;
  const made = new Set(kept.flatMap((step) => (step.kind === "export" ? [step.path] : [])));
  const earlier = [...exports.values()].flatMap(({ delivered }) =>
    delivered === undefined || made.has(delivered.path) || isPreviewFile(delivered.path)
      ? []
      : [delivered.path],
  );
  const refused = refusedMedia(state);
  const talk: Talk = {
    name: plan.recipe,
    line: lineOfJob({ steps: kept }),
    idle: lineOfJob({ steps: rest.slice(0, idleEnd + 1).filter(({ kind }) => kind !== "export") }),
    leftOut: [],
    waiting: mediaIn(lineOfJob({ steps: rest })).filter(
      (media) => refused === undefined || !isAmong(media, [refused]),
    ),
    earlier,
    jobId,
    ...(session !== undefined && { session }),
    ...(draft !== undefined && { draft }),
  };
  return { talk, head };
}

function elsewhere({ plan: { backend, name }, jobId }: JobState, { config }: Room): Error {
  const flag = backend === "local" ? "--local" : `--backend ${backend}`;
  const where =
    backendElsewhere({ backend }, config) === undefined && backend !== "local" ? "--backend cloud" : flag;
  return usage(`${name} was made on ${backend}.`, `nemo-recipe chat --session ${jobId} ${where}`);
}
