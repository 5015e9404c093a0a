import { Bug } from "../base/assert.ts";
import type { NemoService } from "./ports.ts";

/** A service on which nothing can be paid: whoever tries has a bug. */
export function withoutTurns(service: NemoService): NemoService {
  const runTurn = (): Promise<never> => Promise.reject(new Bug("a turn was sent where nothing may be paid"));
  return { ...service, runTurn };
}
