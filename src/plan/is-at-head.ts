/** What a session holds, as far as it tells from where a plan may go on. A JobState is one. */
export interface Headed {
  /** Key of the last upload or turn that the session has taken; `""` before the first. */
  readonly head: string;
  readonly turns: ReadonlyMap<string, HeadedTurn>;
}

export interface HeadedTurn {
  readonly status: string;
  readonly attempts: number;
  readonly changed?: boolean;
  readonly cost: number;
  readonly costUnknown: boolean;
  readonly openUntilMs?: number;
  /** The head before it. */
  readonly headBefore?: string;
}

/** True for a turn that changed nothing and cost nothing, or that a person went on from: a question and its answer. */
export function isIdle({ status, attempts, changed, cost, costUnknown, openUntilMs }: HeadedTurn): boolean {
  if (status !== "settled" || attempts !== 1 || changed !== false) return false;
  return openUntilMs !== undefined || (cost === 0 && !costUnknown);
}

/** True where the video stands as the step with that key left it: turns that changed nothing do not count. */
export function isAtHead({ head, turns }: Headed, key: string): boolean {
  for (let at: string | undefined = head; at !== undefined;) {
    if (at === key) return true;
    const turn = turns.get(at);
    at = turn !== undefined && isIdle(turn) ? turn.headBefore : undefined;
  }
  return false;
}
