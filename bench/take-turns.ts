import type { Sample } from "./row.ts";

export interface Turns {
  readonly rounds: number;
  readonly floor: () => Promise<Sample>;
  readonly subject: () => Promise<Sample>;
  /** Both ran already. */
  readonly isWarm?: boolean;
}

/** Floor and subject one after the other, so that a machine that is busy for a while is busy for both. */
export async function takeTurns(turns: Turns): Promise<{ floors: Sample[]; subjects: Sample[] }> {
  const floors: Sample[] = [];
  const subjects: Sample[] = [];
  // The first of each warms the disk's cache and is not counted.
  if (turns.isWarm !== true) {
    await turns.floor();
    await turns.subject();
  }
  for (let round = 0; round < turns.rounds; round++) {
    floors.push(await turns.floor());
    subjects.push(await turns.subject());
  }
  return { floors, subjects };
}
