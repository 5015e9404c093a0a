import { createInterface } from "node:readline/promises";
import type { Io } from "./io.ts";
import { exitCodes } from "./exit-code.ts";
import { Stop } from "./stop.ts";

/** True where there is a person to ask: both ends are a terminal, and no robot has said that it is one. */
export function canAsk(io: Io): boolean {
  return io.stdin.isTTY === true && io.stderr.isTTY === true && (io.env["CI"] ?? "") === "";
}

/** Asks on the terminal; an empty answer is `preset`. Ctrl-C and Ctrl-D end the command with 130. */
export async function ask(io: Io, question: string, preset: string): Promise<string> {
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  const gone = new AbortController();
  lines.once("SIGINT", () => gone.abort());
  lines.once("close", () => gone.abort());
  try {
    const answer = (await lines.question(question, { signal: gone.signal })).trim();
    return answer === "" ? preset : answer;
  } catch (error) {
    if (!gone.signal.aborted) throw error;
    io.stderr.write("\n");
    throw new Stop(exitCodes.interrupted, "");
  } finally {
    lines.close();
  }
}

/** Asks a question that is no unless answered yes. */
export async function confirm(io: Io, question: string): Promise<boolean> {
  return /^(y|yes|j|ja|oui|是)$/i.test(await ask(io, `${question} [y/N] `, "n"));
}
