import { seededRandom } from "../support/seeded-random.ts";

/** In a third of all stories somebody goes on at once from some turns that have changed nothing so far. Drawn apart. */
export function impatienceOf(seed: number): () => boolean {
  const random = seededRandom(seed ^ 0x1a57);
  if (!random.chance(0.33)) return () => false;
  return () => random.chance(0.2);
}
