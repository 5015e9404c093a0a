import { Failure } from "../base/failure.ts";
import type { NemoService } from "../executor/ports.ts";
import type { Caller } from "./caller.ts";
import { pageLinkOn } from "./page-link.ts";
import { bodies, paths, readClaimToken } from "./wire.ts";

const notOffered = new Set(["bad-request", "bad-answer", "service-error", "session-lost", "scope-missing"]);

/** Links into the site. None holds the bearer token: that would give the account away. */
export function linkCalls(caller: Caller, webUrl: string): Pick<NemoService, "claimLink" | "pageLink"> {
  const pageLink = pageLinkOn(webUrl);
  return {
    pageLink,
    claimLink: async (session, options) => {
      try {
        const { data } = await caller.call({
          name: "claim",
          method: "POST",
          path: paths.claim,
          skill: session.skill,
          session,
          body: bodies.claim(session),
          ...options,
        });
        const claimToken = readClaimToken(data);
        if (claimToken === undefined) return pageLink(session);
        return `${webUrl}/workspace/claim?ct=${encodeURIComponent(claimToken)}`;
      } catch (error) {
        if (error instanceof Failure && notOffered.has(error.facts.code)) return pageLink(session);
        throw error;
      }
    },
  };
}
