/**
 * Which paid turns run at the same time. Frozen credits and the balance belong to the account: while turns overlap,
 * neither tells anything about one of them.
 *
 * Owns: the turns between their intent and their settlement, in this process.
 * Talks to: nobody.
 * Invariants: once a turn has overlapped another, it stays marked until it ends.
 */
export interface TurnsInFlight {
  begin(jobId: string): void;
  hasOverlapped(jobId: string): boolean;
  end(jobId: string): void;
}

export function turnsInFlight(): TurnsInFlight {
  const overlappedByJob = new Map<string, boolean>();
  return {
    begin(jobId) {
      if (overlappedByJob.has(jobId)) return;
      const alone = overlappedByJob.size === 0;
      for (const other of overlappedByJob.keys()) overlappedByJob.set(other, true);
      overlappedByJob.set(jobId, !alone);
    },
    hasOverlapped: (jobId) => overlappedByJob.get(jobId) ?? false,
    end: (jobId) => void overlappedByJob.delete(jobId),
  };
}
