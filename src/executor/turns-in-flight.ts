/**
 * Which paid turns run at the same time. Frozen credits and the balance belong to the account: while turns overlap,
 * neither tells anything about one of them.
 *
 * Owns: the turns between their intent and their settlement, in this process.
 * Talks to: nobody.
 * Invariants: once a turn has overlapped another that may have been sent, it stays marked until it ends.
 */
export interface TurnsInFlight {
  begin(jobId: string): void;
  hasOverlapped(jobId: string): boolean;
  end(jobId: string): void;
  /** Its turn was never sent: it has blurred nothing. */
  withdraw(jobId: string): void;
}

interface TurnAtWork {
  readonly turn: symbol;
  /** Turns that were at work at the same time, ended or not. */
  readonly others: Set<symbol>;
}

export function turnsInFlight(): TurnsInFlight {
  const atWork = new Map<string, TurnAtWork>();
  return {
    begin(jobId) {
      if (atWork.has(jobId)) return;
      const turn = Symbol(jobId);
      const others = [...atWork.values()];
      for (const other of others) other.others.add(turn);
      atWork.set(jobId, { turn, others: new Set(others.map((other) => other.turn)) });
    },
    hasOverlapped: (jobId) => (atWork.get(jobId)?.others.size ?? 0) > 0,
    end: (jobId) => void atWork.delete(jobId),
    withdraw(jobId) {
      const gone = atWork.get(jobId);
      atWork.delete(jobId);
      if (gone !== undefined) for (const { others } of atWork.values()) others.delete(gone.turn);
    },
  };
}
