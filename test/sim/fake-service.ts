import { Failure, type FailureFacts } from "../../src/base/failure.ts";
import type { NemoService, RenderState, TurnClose, UploadedFile } from "../../src/executor/ports.ts";
import type { Random } from "../support/seeded-random.ts";
import type { StepClock } from "../support/step-clock.ts";
import type { FakeBackend, TurnEffect } from "./fake-backend.ts";

/** How likely each kind of trouble is, from 0 to 1. */
export interface Trouble {
  /** A safe call fails in passing. */
  readonly calls: number;
  /** A paid call meets one of the fates below, other than going well. */
  readonly turns: number;
  /** Reads show the state as it was a while ago. */
  readonly stale: number;
  readonly renders: number;
  /** Fates that no turn meets. */
  readonly without?: readonly Fate[];
}

export const noTrouble: Trouble = { calls: 0, turns: 0, stale: 0, renders: 0 };

const fates = [
  "refused-connect",
  "late",
  "accepted-later",
  "reset-before",
  "reset-after",
  "stall-before",
  "stall-after",
  "error-5xx-before",
  "error-5xx-after",
  "rate-limited",
  "token-expired",
  "no-credits",
  "cut-stream",
  "error-line",
  "rate-line-before",
  "rate-line-after",
  "asks-a-question",
] as const;

export type Fate = (typeof fates)[number];

const facts = (
  code: FailureFacts["code"],
  sent: FailureFacts["sent"],
  more: Partial<FailureFacts> = {},
): FailureFacts => ({
  code,
  message: `simulated ${code}`,
  sent,
  ...more,
});

interface World {
  readonly backend: FakeBackend;
  readonly clock: StepClock;
  readonly random: Random;
  /** Read anew at every call, so that a test can end all trouble. */
  readonly trouble: () => Trouble;
}

export interface FakeService extends NemoService {
  /** The next turn is refused whole, for want of credits. */
  refuseNextTurn(): void;
}

/** The NemoService port in front of a fake backend: every way in which a call can end, by seeded chance. */
export function fakeService(world: World): FakeService {
  const { backend, clock, random, trouble } = world;
  const renders = new Map<string, { readonly readyAtMs: number; readonly fails: boolean }>();
  let staleMs = 0;
  let refuses = false;

  const call = async <Value>(answer: () => Value, signal?: AbortSignal): Promise<Value> => {
    if (signal?.aborted === true) throw new Failure(facts("interrupted", "not-sent"));
    await clock.sleep(random.between(10, 2_000), signal);
    if (random.chance(trouble().calls)) {
      throw new Failure(
        facts("unreachable", random.chance(0.5) ? "not-sent" : "maybe-sent", { transient: true }),
      );
    }
    return answer();
  };
  const known = (sessionId: string): void => {
    if (!backend.has(sessionId)) throw new Failure(facts("session-lost", "rejected"));
  };

  /** A file that nobody heard of may be there all the same, now or in a while. */
  const put = async (
    sessionId: string,
    name: string,
    signal: AbortSignal | undefined,
  ): Promise<UploadedFile> => {
    const arrive = (): void => backend.put(sessionId, name);
    const isLost = random.chance(trouble().calls * 2);
    const file = await call(() => {
      known(sessionId);
      if (!isLost || random.chance(0.3)) arrive();
      else if (random.chance(0.5)) clock.at(random.between(1_000, 60_000), arrive);
      return { name };
    }, signal);
    if (isLost) throw new Failure(facts("service-error", "maybe-sent", { transient: true }));
    return file;
  };

  return {
    backend: "https://service.test",
    account: async () => ({ id: "account", kind: "registered" }),
    credits: (options) => call(() => backend.credits(), options?.signal),
    openSession: (_request, options) =>
      call(() => ({ sessionId: backend.openSession(), taskId: "task" }), options?.signal),
    refuseNextTurn: () => void (refuses = true),
    uploadFile: async ({ session, source, onSent }, options) => {
      if (random.chance(trouble().calls / 4)) backend.forget(session.sessionId);
      onSent?.(source.sizeBytes);
      return put(session.sessionId, source.name, options?.signal);
    },
    uploadUrl: ({ session, url }, options) => put(session.sessionId, url, options?.signal),
    countFiles: (session, options) =>
      call(() => {
        known(session.sessionId);
        return backend.filesOf(session.sessionId).length;
      }, options?.signal),
    runTurn: ({ session, prompt }, options) => {
      if (!refuses) return runTurn(world, { sessionId: session.sessionId, prompt, signal: options?.signal });
      refuses = false;
      return Promise.reject(new Failure(facts("no-credits", "rejected")));
    },
    readDraft: (session, options) =>
      call(() => {
        known(session.sessionId);
        if (random.chance(trouble().stale)) staleMs = random.between(1_000, 8_000);
        else if (trouble().stale === 0) staleMs = 0;
        return backend.draftAt(session.sessionId, clock.now() - staleMs);
      }, options?.signal),
    startRender: ({ renderId }, options) =>
      call(() => {
        const readyAtMs = clock.now() + random.between(1_000, 60_000);
        renders.set(renderId, { readyAtMs, fails: random.chance(trouble().renders) });
      }, options?.signal),
    readRender: (_session, renderId, options) =>
      call((): RenderState => {
        const render = renders.get(renderId);
        if (render === undefined) throw new Failure(facts("bad-request", "rejected"));
        if (render.readyAtMs > clock.now()) return { status: "processing", share: 0.5 };
        return render.fails
          ? { status: "failed" }
          : { status: "completed", url: `https://files.test/${renderId}` };
      }, options?.signal),
    download: async ({ renderId, openSink, onReceived }, options) => {
      const fails = await call(() => random.chance(trouble().renders), options?.signal);
      if (fails) throw new Failure(facts("download-failed", "rejected"));
      const bytes = new TextEncoder().encode(`video ${renderId}`);
      const sink = await openSink();
      await sink.write(bytes);
      onReceived?.(bytes.byteLength, bytes.byteLength);
    },
    claimLink: () => call(() => "https://service.test/claim"),
    pageLink: ({ sessionId }) => `https://service.test/page?session=${sessionId}`,
  };
}

interface TurnCall {
  readonly sessionId: string;
  readonly prompt: string;
  readonly signal: AbortSignal | undefined;
}

async function runTurn(world: World, turn: TurnCall): Promise<TurnClose> {
  const { backend, clock, random, trouble } = world;
  await clock.sleep(random.between(10, 1_000), turn.signal);
  if (!backend.has(turn.sessionId)) throw new Failure(facts("session-lost", "rejected"));
  const { turns, without = [] } = trouble();
  const fate = random.chance(turns) ? random.pick(fates.filter((one) => !without.includes(one))) : "well";
  const accept = (effect: TurnEffect = random.chance(0.3) ? "two-stages" : "changes"): number =>
    backend.accept(turn.sessionId, turn.prompt, effect);
  const listen = (ms: number): Promise<void> => clock.sleep(ms, turn.signal);
  const texts = random.chance(0.3) ? [] : ["Done."];
  switch (fate) {
    case "well":
      await listen(accept());
      return { end: "closed", texts };
    case "late":
      await listen(accept() * 0.5);
      return { end: "closed", texts: [] };
    case "asks-a-question":
      await listen(accept("nothing"));
      return { end: "closed", texts: ["Which style would you like?"] };
    case "cut-stream":
      await listen(accept() * random.next());
      return { end: "lost", texts: [] };
    case "error-line":
      await listen(accept() * random.next());
      return { end: "closed", texts: [], failure: facts("service-error", "maybe-sent") };
    case "rate-line-before":
    case "rate-line-after":
      await listen(fate === "rate-line-after" ? accept() * random.next() : 1_000);
      return { end: "closed", texts: [], failure: facts("rate-limited", "maybe-sent") };
    case "no-credits":
      return { end: "closed", texts: [], failure: facts("no-credits", "rejected") };
    case "stall-before":
    case "stall-after":
      if (fate === "stall-after") accept();
      await listen(120_000);
      return { end: "lost", texts: [] };
    case "refused-connect":
      throw new Failure(facts("unreachable", "not-sent"));
    case "rate-limited":
      throw new Failure(facts("rate-limited", "rejected", { retryAfterMs: random.between(1_000, 60_000) }));
    case "token-expired":
      throw new Failure(facts("unauthorized", "rejected", { transient: true }));
    case "accepted-later":
      clock.at(random.between(1_000, 600_000), () => void accept());
      throw new Failure(facts("unreachable", "maybe-sent"));
    case "reset-before":
    case "error-5xx-before":
      throw new Failure(facts("service-error", "maybe-sent"));
    case "reset-after":
    case "error-5xx-after":
      accept();
      await listen(random.between(0, 5_000));
      throw new Failure(facts("service-error", "maybe-sent"));
  }
}
