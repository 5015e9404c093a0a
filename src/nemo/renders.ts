import { Failure } from "../base/failure.ts";
import type { NemoService } from "../executor/ports.ts";
import type { Caller } from "./caller.ts";
import { unreadable } from "./transport/read-whole.ts";
import { bodies, paths, readRender } from "./wire.ts";

// The service's word for a used id is not published.
const usedId = /\b(?:already|duplicated?|in use|conflict|(?:id|render|task) exists)\b/i;

export function renderCalls(caller: Caller): Pick<NemoService, "startRender" | "readRender"> {
  return {
    startRender: async (request, options) => {
      const { session } = request;
      try {
        await caller.call({
          name: "render",
          method: "POST",
          path: paths.render,
          skill: session.skill,
          session,
          body: bodies.render(request),
          ...options,
        });
      } catch (error) {
        // The id is ours alone: where it is used, an earlier call of this render arrived.
        if (!isUsedId(error)) throw error;
      }
    },
    readRender: async (session, renderId, options) => {
      const { data } = await caller.call({
        name: "render-state",
        method: "GET",
        path: paths.renderState(renderId),
        skill: session.skill,
        session,
        ...options,
      });
      const state = readRender(data, caller.apiUrl.href);
      if (state === undefined) throw unreadable("about the render has no status");
      return state;
    },
  };
}

function isUsedId(error: unknown): boolean {
  if (!(error instanceof Failure)) return false;
  const { code, message } = error.facts;
  return (code === "bad-request" || code === "service-error") && usedId.test(message);
}
