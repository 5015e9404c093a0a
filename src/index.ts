// index.ts: The library: what the command line is made of, for programs. Every name is exported by name.

/** Looks for all that is wrong with a recipe, as `nemo-recipe validate` does: no inputs, no config, no network. */
export { validateRecipe } from "./cli/library/validate-recipe.ts";
export type { ValidatedRecipe } from "./cli/library/validate-recipe.ts";
/** Reads a recipe and all that it extends; what is wrong with it comes as problems, never thrown. */
export { loadRecipe } from "./files/load-recipe.ts";
export type { LoadedRecipe, LoadRequest } from "./files/load-recipe.ts";
/** Turns texts that were read already into a recipe or problems. */
export { parseRecipe } from "./recipe/parse-recipe.ts";
export type { ParseContext, ParsedRecipe, RecipeText } from "./recipe/parse-recipe.ts";
/** A problem as people read it, with its line and a caret. */
export { formatProblem } from "./recipe/format-problem.ts";
/** JSON Schema of recipes. */
export { recipeJsonSchema } from "./recipe/recipe-schema.ts";
export type { Recipe } from "./recipe/recipe.ts";
export type { Place, Problem } from "./recipe/problem.ts";

/** One config from flags, environment, file and defaults, with the origin of each value. */
export { loadConfig } from "./config/load-config.ts";
export type { ConfigRequest, LoadedConfig } from "./config/load-config.ts";
export type { Config, Origin } from "./config/config.ts";

/** What `runRecipe` would do with the same request, and what it would cost. Sends nothing that costs. */
export { planRecipe } from "./cli/library/plan-recipe.ts";
export type { RecipePlan } from "./cli/library/plan-recipe.ts";
/** The same with ports of your own: a plan worked out whole before anything is sent. */
export { planRun } from "./executor/plan-run.ts";
export type { PlanOverrides, PlanPorts, PlanRequest } from "./executor/plan-request.ts";
export type { PlannedRunJob, RunPlan } from "./plan/run-plan.ts";
export type { PlannedJob } from "./plan/planned-job.ts";
/** Path arithmetic for this or another kind of system, as a plan needs it. */
export { pathsFor } from "./plan/paths.ts";
/** A plan for people. */
export { planText } from "./report/plan-text.ts";
/** A plan for programs. */
export { planJson } from "./report/plan-json.ts";
export type { PlanJobJson, PlanJson, PlanStepJson } from "./report/plan-json.ts";

/** Makes the videos of a recipe by the command line's own rules, and tells each step: `for await (const event of …)`. */
export { runRecipe } from "./cli/library/run-recipe.ts";
export { RunRefused } from "./cli/library/refused.ts";
export type { RecipeRequest } from "./cli/library/recipe-request.ts";
export type { EventFailure, EventJob, RunEvent, RunFinished, RunStarted } from "./report/run-event.ts";

/** Drives jobs to their end within both limits; nothing paid is sent twice. */
export { runJobs } from "./executor/run-jobs.ts";
export type { JobOrder, RunPorts, RunRequest } from "./executor/run-request.ts";
export type { Clock, Files, Journal, NemoService, Report, Reporter, RunOutcome } from "./executor/ports.ts";
/** One report as one line of JSON. */
export { eventLine } from "./report/event-line.ts";

/** The service over HTTP. */
export { createHttpService } from "./nemo/http-service.ts";
export type { HttpService, HttpServiceOptions } from "./nemo/http-service.ts";
/** The journal on SQLite: what resolved survives a power cut. */
export { openJournal } from "./journal/sqlite-journal.ts";
/** This machine's disk. */
export { diskFiles } from "./files/disk-files.ts";
/** The client id and the tokens in the user's config folder, readable by their owner only. */
export { credentialFolder } from "./files/credential-folder.ts";
/** Where this machine keeps the journal and the credentials. */
export { configFolder, stateFolder } from "./files/state-folder.ts";
/** The machine's time. */
export { wallClock } from "./cli/wall-clock.ts";
/** Makes ids from a source of chance. */
export { idsFrom } from "./base/ids.ts";
/** The world refused, or a mistake of ours. */
export { Failure } from "./base/failure.ts";
export { Bug } from "./base/assert.ts";
export type { FailureFacts, Sent } from "./base/failure.ts";
export type { FailureCode } from "./base/failure-codes.ts";
export type { ProblemCode } from "./recipe/problem-codes.ts";
export type { RefusalCode } from "./cli/refusal-codes.ts";

/** The local backend: the same wire, real videos through ffmpeg, a bill, faults on demand, no AI. */
export { startEmulator } from "./emulator/start-emulator.ts";
export type { Emulator, EmulatorOptions } from "./emulator/start-emulator.ts";
