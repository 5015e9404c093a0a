import { Failure } from "../base/failure.ts";
import type { Call } from "./call.ts";
import type { Flags } from "./command-line/flags.ts";
import { exitCodes } from "./exit-code.ts";
import { exitCodeOf, Stop } from "./stop.ts";

const issuesPage = "https://github.com/nemovideo/nemo-recipe/issues";

interface ErrorPlace extends Pick<Call, "screen"> {
  readonly flags: Pick<Flags, "verbose">;
  /** What a bug is said to have befallen; empty where that is not known yet. */
  readonly command: string;
}

/** Says what went wrong and what to do, and returns the exit code. What nobody foresaw is a bug of ours. */
export async function reportError(error: unknown, where: ErrorPlace): Promise<number> {
  const { screen } = where;
  if (error instanceof Stop) {
    // Problems say their own codes.
    const code = error.problems.length > 0 ? "" : `${error.code}: `;
    if (error.message !== "") screen.alert(`${screen.paint.red("error:")} ${code}${error.message}`);
    if (error.problems.length > 0) {
      const { problemText } = await import("./problem-text.ts");
      screen.alert(problemText(error.problems, screen.paint));
    }
    if (error.hint !== undefined) screen.alert(error.hint);
    return error.exitCode;
  }
  if (error instanceof Failure) {
    screen.alert(`${screen.paint.red("error:")} ${error.facts.code}: ${error.facts.message}`);
    if (error.facts.hint !== undefined) screen.alert(error.facts.hint);
    return exitCodeOf(error);
  }
  return reportBug(error, where);
}

function reportBug(error: unknown, { screen, flags: { verbose = false }, command }: ErrorPlace): number {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  screen.alert(
    `${screen.paint.red("bug:")} nemo-recipe${command === "" ? "" : ` ${command}`} met something that it did not foresee: ${text}`,
  );
  if (verbose && error instanceof Error && error.stack !== undefined) screen.alert(error.stack);
  const more = verbose
    ? ""
    : " Run the command again with --verbose to see where it happened, if it costs nothing.";
  screen.alert(`What was paid is in the journal: nemo-recipe resume goes on.${more}`);
  screen.alert(`Please report it with this text, and the recipe if you may show it: ${issuesPage}`);
  return exitCodes.bug;
}
