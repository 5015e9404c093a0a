import type { Clock } from "../../src/base/clock.ts";
import type { NemoService } from "../../src/executor/ports.ts";
import type { Draft } from "../../src/job/media.ts";
import { sha256 } from "../support/planned-job.ts";

/** What the service took on, and charged: the truth of a story. */
export interface AcceptedTurn {
  readonly prompt: string;
  readonly atMs: number;
}

export interface QuickService extends NemoService {
  readonly accepted: AcceptedTurn[];
  /** Most turns in flight together. */
  readonly peak: () => number;
}

const turnCost = 100;

/** A service that never fails: a turn is taken on as soon as it is sent, and takes a while. */
export function quickService(clock: Clock, turnMs: () => number): QuickService {
  const turns = new Map<string, number>();
  const accepted: AcceptedTurn[] = [];
  let [inFlight, peak, total] = [0, 0, 10_000_000];
  const credits = (): { available: number; frozen: number; total: number } => ({
    available: total,
    frozen: 0,
    total,
  });
  return {
    backend: "https://service.test",
    accepted,
    peak: () => peak,
    account: async () => ({ id: "account", kind: "registered" }),
    credits: async () => credits(),
    openSession: async () => {
      const sessionId = String(1_000_000_000_000_000_000n + BigInt(turns.size));
      turns.set(sessionId, 0);
      return { sessionId, taskId: "task" };
    },
    uploadFile: async ({ source }) => ({ name: source.name }),
    uploadUrl: async ({ url }) => ({ name: url }),
    async runTurn({ session, prompt }, options) {
      accepted.push({ prompt, atMs: clock.now() });
      total -= turnCost;
      turns.set(session.sessionId, (turns.get(session.sessionId) ?? 0) + 1);
      peak = Math.max(peak, (inFlight += 1));
      try {
        await clock.sleep(turnMs(), options?.signal);
      } finally {
        inFlight -= 1;
      }
      return { end: "closed", texts: ["Done."] };
    },
    readDraft: async ({ sessionId }) => draftOf(`${sessionId} ${turns.get(sessionId)}`),
    countFiles: async () => 0,
    startRender: async () => undefined,
    readRender: async (_session, renderId) => ({
      status: "completed",
      url: `https://files.test/${renderId}`,
    }),
    async download({ renderId, openSink }) {
      const sink = await openSink();
      await sink.write(new TextEncoder().encode(`video ${renderId}`));
    },
    claimLink: async () => "https://service.test/claim",
    pageLink: () => "https://service.test/page",
  };
}

function draftOf(content: string): Draft | undefined {
  if (content.endsWith(" 0")) return undefined;
  const tracks = [{ kind: "video" as const, segments: [{ startMs: 0, durationMs: 15_000 }] }];
  return {
    opaque: "{}",
    fingerprint: sha256(content),
    ready: true,
    timeline: { durationMs: 15_000, width: 1920, height: 1080, tracks },
  };
}
