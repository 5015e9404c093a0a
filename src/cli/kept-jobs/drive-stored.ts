import type { Config } from "../../config/config.ts";
import { readFigures } from "../../executor/read-figures.ts";
import { envNamesOf } from "../../plan/env-names-of.ts";
import type { RunPlan } from "../../plan/run-plan.ts";
import { countOf } from "../../base/count-of.ts";
import { agree } from "../agree.ts";
import { backendElsewhere } from "../backend-elsewhere.ts";
import type { Call } from "../call.ts";
import { drive } from "../drive.ts";
import { exitCodes, worstExitCode } from "../exit-code.ts";
import { moneyRules } from "../money-rules.ts";
import { recipesOf } from "../notify/recipes-of.ts";
import { openWorld, type World } from "../open-world.ts";
import type { StoredOrder } from "./stored-order.ts";
import { judgeStored } from "./stored-plan.ts";
import { tokenLifetime } from "../token-lifetime.ts";
import { untilInterrupted } from "../until-interrupted.ts";

export interface StoredRun {
  /** What was called, to be named in a next step. */
  readonly command: "resume" | "retry" | "recover";
  readonly orders: readonly StoredOrder[];
  /** Fetches what is paid already, and sends no turn. */
  readonly isFree?: boolean;
  /** Told what the jobs will cost, before anything is sent. */
  readonly onJudged?: (plan: RunPlan) => void;
}

/** Drives jobs of the journal, each on the backend where it began, and says the worst exit code. */
export async function driveStored(call: Call, config: Config, run: StoredRun): Promise<number> {
  return untilInterrupted(call, async (signal) => {
    const codes: number[] = [];
    for (const [backend, orders] of Map.groupBy(run.orders, ({ plan }) => plan.backend)) {
      if (signal.aborted) break;
      codes.push(await driveOn(backend, { ...run, orders }, { call, config, signal }));
    }
    return worstExitCode(codes);
  });
}

interface DriveContext {
  readonly call: Call;
  readonly config: Config;
  readonly signal: AbortSignal;
}

/** The token of one service is never shown to another. */
async function driveOn(
  backend: string,
  run: StoredRun,
  { call, config, signal }: DriveContext,
): Promise<number> {
  const { screen, flags } = call;
  const { orders, isFree = false } = run;
  if (backendElsewhere({ backend }, config) !== undefined) {
    screen.alert(`${countOf(orders.length, "job")} began on ${backend}: \`${callOn(backend, run, call)}\``);
    return orders.some(({ mayBeLive }) => mayBeLive === true) ? exitCodes.mayBeLive : exitCodes.failed;
  }
  const kind = backend === "local" ? "local" : "cloud";
  const world = await openWorld(call, { ...config, backend: kind }, signal);
  try {
    // The service may still speak of what its addresses took from the environment.
    for (const { plan } of orders) call.secrets.add(...envNamesOf(plan).map((name) => call.io.env[name]));
    await sayOtherAccount(orders, (await world.service.account()).id, call);
    if (kind === "cloud" && !isFree) await heedToken(orders, world, call);
    const jobs = orders.map(({ plan }) => plan);
    const figures = await readFigures(backend, jobs, world.journal);
    const judged = await judgeStored(orders, { call, config, world, figures });
    if (judged !== undefined) run.onJudged?.(judged.plan);
    if (judged !== undefined) await agree(call, judged.plan, judged.consent);
    const limit = flags.concurrency ?? config.concurrency;
    const audience = { config, recipes: await recipesOf(jobs, call, config), signal };
    const outcome = await drive(
      { call, world, audience },
      {
        runId: world.newId("run"),
        orders: orders.map(({ order }) => order),
        concurrency: { all: limit, ofRecipe: () => limit },
        overwrite: flags.overwrite === true,
        money: moneyRules({
          backend,
          config,
          recipes: [],
          figures,
        }),
        isFree,
        signal,
      },
    );
    return outcome.exitCode;
  } finally {
    await world.close();
  }
}

/** As before a new run, which has its plan for it; but what may be running already is looked after, however short the token lasts. */
async function heedToken(orders: readonly StoredOrder[], world: World, { screen }: Call): Promise<void> {
  const jobs = orders.flatMap(({ plan, missingTurns = 0, reuse }) =>
    reuse === undefined ? [{ job: plan, turns: { count: missingTurns, missing: missingTurns } }] : [],
  );
  const account = await world.service.account();
  const { refused, warning } = tokenLifetime({ plan: { jobs }, account, nowMs: world.clock.now() });
  if (refused !== undefined && !orders.some(({ mayBeLive }) => mayBeLive === true)) throw refused;
  const said = warning ?? refused?.message;
  if (said !== undefined) screen.note(`${screen.paint.yellow("warning:")} ${said}`);
}

/** The same command, so that it reaches the backend of these jobs. */
function callOn(backend: string, { command, orders }: StoredRun, { args, flags }: Call): string {
  const [only, ...others] = orders;
  const job = only?.order.jobId !== undefined && others.length === 0 ? only.order.jobId : args[0];
  const meant = command === "recover" || job === undefined ? [] : [job];
  const again = command === "retry" && flags.again === true ? ["--again"] : [];
  return ["nemo-recipe", command, ...meant, ...again, "--backend", backend].join(" ");
}

async function sayOtherAccount(orders: readonly StoredOrder[], id: string, { screen }: Call): Promise<void> {
  const others = orders.filter(({ plan }) => plan.account !== id).length;
  if (others > 0)
    screen.note(
      `${countOf(others, "job")} began under another token: another account does not know their sessions.`,
    );
}
