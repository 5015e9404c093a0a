import type { OutStream } from "./io.ts";

/** How wide a line may be. Some terminals say 0 or nothing: those get 80; what is no terminal gets `elsewhere`. */
export function columnsOf(
  { columns = 0, isTTY }: Pick<OutStream, "columns" | "isTTY">,
  elsewhere: number,
): number {
  if (columns > 0) return columns;
  return isTTY === true ? 80 : elsewhere;
}
