// Owns: the draft that the next change is told against. Talks to: the voice.
// Invariants: tells from events alone; whatever the service said is clean before it is said on.
import type { JobEvent, Signal } from "../../job/event.ts";
import type { Draft } from "../../job/media.ts";
import type { PlannedJob } from "../../plan/planned-job.ts";
import type { Report, Reporter } from "../../executor/ports.ts";
import { cleanLine } from "../../base/clean-text.ts";
import { formatDuration } from "../../base/duration.ts";
import { fileFactsText } from "../../report/file-facts-text.ts";
import { formatElapsed } from "../../report/format-elapsed.ts";
import type { Expectation } from "./expectation-of.ts";
import type { Room } from "./room.ts";
import { sayAgent } from "./say-agent.ts";
import { changeLines } from "./tell-changes.ts";

export interface TalkReporter extends Reporter {
  /** Of the job that was driven; undefined where none was taken up. */
  jobId(): string | undefined;
}

export interface TalkTelling {
  readonly expectation?: Expectation;
  /** Files are to be looked at, and are no results. */
  readonly isPreview?: boolean;
}

/** Tells what happens to the conversation's job. `before` is the draft that it begins with. */
export function talkReporter(room: Room, before: Draft | undefined, telling: TalkTelling): TalkReporter {
  let draft = before;
  let plan: PlannedJob | undefined;
  let jobId: string | undefined;
  const report = (one: Report): void => {
    if (one.type === "job-started") [plan, jobId] = [one.plan, one.job.jobId];
    if (one.type === "job-signal") tellSignal(one.signal, room);
    if (one.type !== "job-event") return;
    tellEvent(one.event, { room, plan, draft, ...telling });
    if (one.event.type === "session-opened") room.now.talk = { ...room.now.talk, session: one.event };
    if (one.event.type === "turn-settled") draft = one.event.draft ?? draft;
  };
  return { report, jobId: () => jobId };
}

interface Telling extends TalkTelling {
  readonly room: Room;
  readonly plan: PlannedJob | undefined;
  /** As it stood before the event. */
  readonly draft: Draft | undefined;
}

function tellEvent(event: JobEvent, { room, plan, draft, expectation, isPreview }: Telling): void {
  const { voice, words, world, goingOn } = room;
  switch (event.type) {
    case "session-opened":
      return voice.say(words.sessionOpened);
    case "file-uploaded":
      return voice.say(words.uploaded(cleanLine(event.name)));
    case "turn-sending":
      // What was typed behind the words of another turn, however that ended, answers nothing that this one says.
      goingOn.end();
      // A preview of this machine takes no time worth a word.
      if (expectation !== undefined && world.backend !== "local") voice.say(words[expectation]);
      return voice.work(words.sending);
    case "turn-closed":
      for (const text of event.texts) sayAgent(text, room);
      goingOn.offer(event.texts);
      return voice.work(event.end === "closed" ? words.settling : words.looking);
    case "turn-settled":
      if (event.changed && event.draft !== undefined)
        for (const line of changeLines(draft, event.draft, words)) voice.say(line);
      else voice.say(words.nothingChanged);
      goingOn.end();
      if (world.backend !== "local") voice.say(costText(event, words));
      return undefined;
    case "export-starting":
      return voice.work(words.rendering(formatOf(plan, event.key)));
    case "export-ready":
      return voice.work(words.fetching(formatOf(plan, event.key)));
    case "file-delivered": {
      const step = plan?.steps.find(({ key }) => key === event.key);
      const shown = step?.kind === "export" && step.path === event.path ? step.shownPath : event.path;
      if (isPreview === true) return voice.say(words.previewed(cleanLine(shown, 1000)));
      voice.say(words.exported(cleanLine(shown, 1000), fileFactsText(event.facts)));
      return voice.result(event.path);
    }
    default:
      return undefined;
  }
}

function costText(
  { cost, openUntilMs, creditsAfter }: Extract<JobEvent, { type: "turn-settled" }>,
  words: Room["words"],
): string {
  if (cost !== undefined) return words.cost(cost);
  const text = openUntilMs === undefined ? words.costUnknown : words.costOpen;
  return creditsAfter === undefined
    ? text
    : `${text} ${words.credits(creditsAfter.available, creditsAfter.frozen)}`;
}

function tellSignal(signal: Signal, { voice, words, goingOn }: Room): void {
  switch (signal.type) {
    case "upload-progress":
      return voice.work(
        `${words.uploading(cleanLine(signal.name))}${shareText(signal.sentBytes / signal.sizeBytes)}`,
      );
    case "turn-unchanged": {
      const left = formatDuration(Math.ceil(signal.leftMs / 10_000) * 10_000);
      return voice.say(goingOn.isOffered() ? words.answerToGoOn(left) : words.noChangeYet(left));
    }
    case "still-working":
      return voice.say(words.stillWorking(formatElapsed(signal.elapsedMs)));
    case "retrying":
      return voice.say(
        words.retrying(cleanLine(signal.failure.message), formatDuration(roundedMs(signal.delayMs))),
      );
    case "warning":
      return voice.say(
        [signal.message, signal.hint]
          .flatMap((text) => (text === undefined ? [] : [cleanLine(text, 1000)]))
          .join("\n"),
      );
    default:
      return undefined;
  }
}

function formatOf(plan: PlannedJob | undefined, key: string): string {
  const step = plan?.steps.find((other) => other.key === key);
  return step?.kind === "export" ? step.format : "";
}

const shareText = (share: number): string =>
  Number.isFinite(share) && share < 1 ? ` ${Math.floor(share * 100)}%` : "";
const roundedMs = (ms: number): number => (ms < 1000 ? ms : Math.round(ms / 1000) * 1000);
