/** What the process says to whoever started it. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  bug: 70,
  mayBeLive: 75,
  interrupted: 130,
} as const;

const strongestFirst = [70, 130, 75, 1, 3];

/** Of several outcomes the one that matters most: 70, 130, 75, 1, 3, then any other. */
export function worstExitCode(codes: readonly number[]): number {
  return strongestFirst.find((code) => codes.includes(code)) ?? Math.max(0, ...codes);
}
