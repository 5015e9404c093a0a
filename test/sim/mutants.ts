import { Failure } from "../../src/base/failure.ts";
import type { JobEvent } from "../../src/job/event.ts";
import type { NemoService, TurnClose } from "../../src/executor/ports.ts";
import type { RunPorts } from "../../src/executor/run-request.ts";
import type { Life } from "./crashing.ts";
import type { Mutation } from "./simulate.ts";

type RunTurn = NemoService["runTurn"];

/** The mistakes that clients of such services make. A simulator that does not see them proves nothing. */
export const mutants: Readonly<Record<string, () => Mutation>> = {
  "retry on a socket error": () =>
    withTurns(
      (runTurn) =>
        async (...call) =>
          runTurn(...call).catch((error: unknown) => {
            if (error instanceof Failure && error.facts.sent === "maybe-sent") return runTurn(...call);
            throw error;
          }),
    ),
  "retry on a body error": () =>
    withTurns((runTurn) => async (...call) => {
      const close = await runTurn(...call);
      return close.end === "lost" ? runTurn(...call) : close;
    }),
  "journal after the effect": () => withJournal(isIntent),
  "intent without sync": () => withJournal(() => true),
  "no waiting window": () => withTimeouts({ turnMs: 0, changeMs: 0 }),
  "no reconcile": () =>
    withTurns((runTurn) => async (...call) => {
      const close = await runTurn(...call).catch((error: unknown) => {
        if (error instanceof Failure) throw notSent();
        throw error;
      });
      if (close.end === "lost") throw notSent();
      return close;
    }),
  "no text means failed": () =>
    withTurns((runTurn) => async (...call): Promise<TurnClose> => {
      const close = await runTurn(...call);
      if (close.end === "closed" && close.texts.length === 0) throw notSent();
      return close;
    }),
  "the stream ended, so it is done": () => withPoll(0),
  "a torn tail is fatal": tornTailIsFatal,
  "an upload is repeated like any other call": uploadsRepeated,
  "an upload leaves no trace before it ends": () => withJournal(({ type }) => type === "upload-sending"),
};

/** Mistakes that spend more than a budget allows, and are sound otherwise. */
export const spenders: Readonly<Record<string, () => Mutation>> = {
  "a budget is not asked": () => withIntents((event) => event, false),
  "a turn reserves nothing": () =>
    withIntents((event) => (event.type === "turn-sending" ? { ...event, reserved: 0 } : event), true),
};

function notSent(): Failure {
  return new Failure({ code: "service-error", message: "taken for not sent", sent: "not-sent" });
}

function withTurns(change: (runTurn: RunTurn) => RunTurn): Mutation {
  return (ports) => {
    const runTurn = change((...call) => ports.service.runTurn(...call));
    return { ...ports, service: overlay(ports.service, { runTurn }) };
  };
}

/** A port with one member replaced: spreading would lose what a proxy answers. */
function overlay<Port extends object>(port: Port, members: Partial<Port>): Port {
  return new Proxy(port, { get: (target, name) => Reflect.get(name in members ? members : target, name) });
}

const isIntent = (event: JobEvent): boolean => event.type === "turn-sending";

/** Acknowledges some events before they are kept: they reach the journal with the next one, or not at all. */
function withJournal(isLate: (event: JobEvent) => boolean): Mutation {
  return (ports: RunPorts, life: Life) => {
    const late = new Map<string, [string, JobEvent, number]>();
    const append: RunPorts["journal"]["append"] = async (...[jobId, event, seq, limits]) => {
      const waiting = late.get(jobId);
      late.delete(jobId);
      if (waiting !== undefined) await ports.journal.append(...waiting);
      if (!isLate(event) || life.isDead()) return ports.journal.append(jobId, event, seq, limits);
      late.set(jobId, [jobId, event, seq]);
      return { jobId, event, seq: seq + 1, atMs: ports.clock.now() };
    };
    const finishRun: RunPorts["journal"]["finishRun"] = async (...end) => {
      for (const record of late.values()) await ports.journal.append(...record);
      return ports.journal.finishRun(...end);
    };
    return { ...ports, journal: overlay(ports.journal, { append, finishRun }) };
  };
}

function withIntents(change: (event: JobEvent) => JobEvent, hasLimits: boolean): Mutation {
  return (ports) => {
    const append: RunPorts["journal"]["append"] = (...[jobId, event, seq, limits]) =>
      ports.journal.append(jobId, change(event), seq, hasLimits ? limits : []);
    return { ...ports, journal: overlay(ports.journal, { append }) };
  };
}

function uploadsRepeated(): Mutation {
  return (ports) => {
    const uploadFile: NemoService["uploadFile"] = (...call) =>
      ports.service.uploadFile(...call).catch((error: unknown) => {
        if (error instanceof Failure && error.facts.sent === "maybe-sent")
          return ports.service.uploadFile(...call);
        throw error;
      });
    return { ...ports, service: overlay(ports.service, { uploadFile }) };
  };
}

function withTimeouts(timeouts: { readonly turnMs: number; readonly changeMs: number }): Mutation {
  return changePlans((settings) => ({ ...settings, timeouts: { ...settings.timeouts, ...timeouts } }));
}

function withPoll(stateMs: number): Mutation {
  return changePlans((settings) => ({ ...settings, poll: { ...settings.poll, stateMs } }));
}

type Settings = Extract<JobEvent, { type: "job-planned" }>["plan"]["settings"];

function changePlans(change: (settings: Settings) => Settings): Mutation {
  return (ports) => {
    const append: RunPorts["journal"]["append"] = (...[jobId, event, ...more]) => {
      const changed =
        event.type === "job-planned"
          ? { ...event, plan: { ...event.plan, settings: change(event.plan.settings) } }
          : event;
      return ports.journal.append(jobId, changed, ...more);
    };
    return { ...ports, journal: overlay(ports.journal, { append }) };
  };
}

/** A process that was killed in the middle of a write leaves a torn record, and this journal refuses to open it. */
function tornTailIsFatal(): Mutation {
  let writing = 0;
  return (ports) => {
    const torn = writing > 0;
    const append: RunPorts["journal"]["append"] = async (...record) => {
      writing += 1;
      const recorded = await ports.journal.append(...record);
      writing -= 1;
      return recorded;
    };
    const read: RunPorts["journal"]["read"] = async (jobId) => {
      if (torn)
        throw new Failure({ code: "journal-failed", message: "the journal is torn", sent: "not-sent" });
      return ports.journal.read(jobId);
    };
    return { ...ports, journal: overlay(ports.journal, { append, read }) };
  };
}
