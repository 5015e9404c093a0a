import type { Draft } from "../../src/job/media.ts";
import type { Random } from "../support/seeded-random.ts";
import type { StepClock } from "../support/step-clock.ts";
import { sha256 } from "../support/planned-job.ts";

interface FakeSession {
  readonly sessionId: string;
  readonly files: string[];
  drafts: { readonly atMs: number; readonly draft: Draft }[];
  lostAtMs: number;
}

/** One prompt that the service took on. The oracle: what stands here was paid. */
export interface AcceptedTurn {
  readonly sessionId: string;
  readonly prompt: string;
  readonly atMs: number;
  readonly cost: number;
  /** What the session held when the turn was taken on. */
  readonly files: readonly string[];
}

/**
 * The truth of a simulated service: sessions, drafts that change as time passes, a bill. It knows nothing of clients.
 *
 * Owns: sessions, accepted turns, the balance, renders.
 * Talks to: the step clock.
 * Invariants: every accepted turn is charged exactly once; its credits are frozen until its last change shows.
 */
export interface FakeBackend {
  readonly accepted: readonly AcceptedTurn[];
  openSession(): string;
  has(sessionId: string): boolean;
  forget(sessionId: string): void;
  /** Puts a file into a session; one that is sent again is there twice. */
  put(sessionId: string, file: string): void;
  filesOf(sessionId: string): readonly string[];
  /** Takes a turn on; returns how long it will work in milliseconds. */
  accept(sessionId: string, prompt: string, effect: TurnEffect): number;
  draftAt(sessionId: string, atMs: number): Draft | undefined;
  credits(): { available: number; frozen: number; total: number };
}

export type TurnEffect = "changes" | "two-stages" | "nothing";

export function fakeBackend(clock: StepClock, random: Random): FakeBackend {
  const sessions = new Map<string, FakeSession>();
  const accepted: AcceptedTurn[] = [];
  let total = 1_000_000;
  let frozen = 0;

  const change = (sessionId: string, prompt: string, stage: number): void => {
    const session = sessions.get(sessionId);
    session?.drafts.push({ atMs: clock.now(), draft: draftOf(`${prompt}#${stage}@${clock.now()}`) });
  };

  return {
    accepted,
    openSession() {
      const sessionId = String(1_000_000_000_000_000_000n + BigInt(sessions.size));
      sessions.set(sessionId, { sessionId, files: [], drafts: [], lostAtMs: Infinity });
      return sessionId;
    },
    has: (sessionId) => (sessions.get(sessionId)?.lostAtMs ?? 0) > clock.now(),
    forget(sessionId) {
      const session = sessions.get(sessionId);
      if (session) session.lostAtMs = clock.now();
    },
    put: (sessionId, file) => void sessions.get(sessionId)?.files.push(file),
    filesOf: (sessionId) => sessions.get(sessionId)?.files ?? [],
    accept(sessionId, prompt, effect) {
      const cost = effect === "nothing" ? 0 : random.between(5, 100);
      const files = [...(sessions.get(sessionId)?.files ?? [])];
      accepted.push({ sessionId, prompt, atMs: clock.now(), cost, files });
      const workMs = random.between(5_000, 300_000);
      frozen += cost;
      const settle = (): void => {
        frozen -= cost;
        total -= cost;
      };
      if (effect === "nothing") return workMs;
      clock.at(workMs, () => {
        change(sessionId, prompt, 1);
        if (effect === "changes") settle();
      });
      if (effect === "two-stages") {
        clock.at(workMs + random.between(1_000, 60_000), () => {
          change(sessionId, prompt, 2);
          settle();
        });
      }
      return workMs;
    },
    draftAt: (sessionId, atMs) =>
      sessions.get(sessionId)?.drafts.findLast((version) => version.atMs <= atMs)?.draft,
    credits: () => ({ available: total - frozen, frozen, total }),
  };
}

function draftOf(content: string): Draft {
  const segments = [{ startMs: 0, durationMs: 15_000 }];
  return {
    opaque: JSON.stringify({ content }),
    fingerprint: sha256(content),
    ready: true,
    timeline: {
      durationMs: 15_000,
      width: 1920,
      height: 1080,
      tracks: [{ kind: "video", segments }],
    },
  };
}
