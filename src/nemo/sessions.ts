import type { Hash } from "../base/hash.ts";
import type { CallOptions, NemoService, SessionRef } from "../executor/ports.ts";
import type { Skill } from "../recipe/recipe.ts";
import type { Answer, Caller } from "./caller.ts";
import { unreadable } from "./transport/read-whole.ts";
import { bodies, countFiles, paths, readCredits, readDraft, readSession } from "./wire.ts";

export interface SessionCallOptions {
  readonly defaultSkill: Skill;
  readonly hash: Hash;
}

/** Calls that open a session, and that look at it and at the account without changing either. */
export function sessionCalls(
  caller: Caller,
  { defaultSkill, hash }: SessionCallOptions,
): Pick<NemoService, "openSession" | "credits" | "readDraft" | "countFiles"> {
  const readState = (session: SessionRef, options?: CallOptions): Promise<Answer> =>
    caller.call({
      name: "state",
      method: "GET",
      path: paths.state(session.sessionId),
      skill: session.skill,
      session,
      ...options,
    });
  return {
    openSession: async ({ skill, language }, options) => {
      const { data } = await caller.call({
        name: "session",
        method: "POST",
        path: paths.session,
        skill,
        body: bodies.session(language),
        ...options,
      });
      const session = readSession(data);
      if (session === undefined) throw unreadable("to the request for a session holds none");
      const { userId, ...ids } = session;
      if (userId !== undefined) caller.learnUser(userId);
      return ids;
    },
    credits: async (options) => {
      const { data } = await caller.call({
        name: "credits",
        method: "GET",
        path: paths.credits,
        skill: defaultSkill,
        ...options,
      });
      const credits = readCredits(data);
      if (credits === undefined) throw unreadable("about the credits holds no balance");
      return credits;
    },
    readDraft: async (session, options) => {
      const { data, text } = await readState(session, options);
      return readDraft(data, text, hash);
    },
    countFiles: async (session, options) => countFiles((await readState(session, options)).data),
  };
}
