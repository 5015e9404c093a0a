import type { LoadedRecipe, LoadRequest } from "../../files/load-recipe.ts";
import type { Problem } from "../../recipe/problem.ts";
import { bundledDir } from "../recipes/bundled.ts";
import type { Call, Command } from "../call.ts";
import { checkRecipe } from "../recipes/check-recipe.ts";
import { exitCodes } from "../exit-code.ts";
import { problemText } from "../problem-text.ts";
import { readStdin } from "../read-stdin.ts";
import { needUsualRecipe } from "../recipes/usual-recipe.ts";

interface Validated extends LoadedRecipe {
  readonly shown: string;
}

/** Checks recipes as they stand: no inputs, no network, of the config its skills. Its results are the problems, so they go to stdout. */
export const validate: Command = async (call) => {
  const { flags, screen } = call;
  const all: Validated[] = [];
  for (const argument of await wanted(call)) all.push({ shown: argument, ...(await load(argument, call)) });
  if (flags.json === true) screen.out(JSON.stringify(all.map(asJson)));
  else showAll(all, call);
  return all.every(isValid) ? exitCodes.done : exitCodes.usage;
};

async function wanted({ args, io }: Call): Promise<readonly string[]> {
  return args.length > 0 ? args : [await needUsualRecipe(io.cwd, "nemo-recipe init writes one.")];
}

async function load(argument: string, call: Call): Promise<LoadedRecipe> {
  const { io } = call;
  let stdin: Promise<string> | undefined;
  const request: LoadRequest = {
    argument,
    cwd: io.cwd,
    bundledDir: bundledDir(io.root),
    readStdin: () => (stdin ??= readStdin(io)),
  };
  const loaded = await checkRecipe(request);
  // The config is read where it can make a difference: most recipes name a skill that everybody knows.
  if (!loaded.problems.some(({ code }) => code === "unknown-skill")) return loaded;
  const { skillsAt } = await import("../recipes/skills-at.ts");
  return checkRecipe({ ...request, knownSkills: await skillsAt(argument, call) });
}

const isError = ({ severity }: Problem): boolean => severity === "error";

const isValid = ({ problems }: Validated): boolean => !problems.some(isError);

function showAll(all: readonly Validated[], { screen }: Call): void {
  const problems = all.flatMap((one) => one.problems);
  if (problems.length > 0) screen.out(problemText(problems, screen.outPaint));
  for (const one of all) if (isValid(one)) screen.note(`${screen.paint.green("✓")} ${one.shown} is valid`);
}

function asJson({ shown, recipe, problems }: Validated): object {
  return {
    recipe: shown,
    valid: !problems.some(isError),
    ...(recipe !== undefined && { name: recipe.name }),
    problems,
  };
}
