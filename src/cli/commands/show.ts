import type { Config } from "../../config/config.ts";
import type { Journal } from "../../executor/ports.ts";
import { pageLinkOn } from "../../nemo/page-link.ts";
import type { JobState } from "../../job/state.ts";
import { runsTable } from "../../report/runs-table.ts";
import { showJob, type ShownJob } from "../../report/show-job.ts";
import { canAsk } from "../ask.ts";
import { backendElsewhere } from "../backend-elsewhere.ts";
import type { Call, Command } from "../call.ts";
import { columnsOf } from "../columns-of.ts";
import { exitCodes } from "../exit-code.ts";
import { findRun, type Meant } from "../kept-jobs/find-run.ts";
import { jobJson } from "../kept-jobs/job-json.ts";
import { openJournalFor, openService } from "../open-world.ts";
import { readJobs, type ReadJob } from "../kept-jobs/read-job.ts";
import { recipeOfJob } from "../kept-jobs/recipe-of-job.ts";
import { settingsFor } from "../settings.ts";
import { shownFrom } from "../shown-from.ts";
import { skillsOf } from "../recipes/skills-of.ts";
import { Stop, usage } from "../stop.ts";
import { wallClock } from "../wall-clock.ts";

/** Shows a run or a job, or fetches the link that opens its session in a browser. */
export const show: Command = async (call) => {
  refuseTogether(call);
  if (call.args[0] === undefined && !canAsk(call.io))
    throw usage("show needs <run, job or session>.", "nemo-recipe runs lists them.");
  const config = await settingsFor(call);
  const journal = await openJournalFor(call, config);
  try {
    const meant = await meantBy(call, journal);
    const ids = meant.kind === "run" ? meant.run.jobIds : [meant.job.jobId];
    const jobs = await readJobs(ids, journal);
    if (call.flags.asRecipe === true) return showRecipe(jobs, call, config);
    if (call.flags.claim === true) return await claim(jobs, call, config);
    if (call.flags.html !== undefined) return await showPage(meant, jobs, { call, config });
    if (call.flags.json === true) showJson(meant, jobs, call);
    else showText(meant, await withUnmeasured(jobs, journal), { call, config });
    return exitCodes.done;
  } finally {
    await journal.close();
  }
};

/** One that found all up to date made nothing that could be shown. */
const latelyRuns = 50;

/** A person who names nothing means what was made last; a script that lost a name does not. */
async function meantBy({ args: [text] }: Call, journal: Journal): Promise<Meant> {
  if (text !== undefined) return findRun(text, journal);
  const runs = await journal.runs(latelyRuns);
  const run = runs.find(({ jobIds }) => jobIds.length > 0) ?? runs[0];
  if (run === undefined)
    throw usage("there is no run in this state folder yet.", "nemo-recipe run makes one.", "unknown-run");
  return { kind: "run", run };
}

function refuseTogether({ flags }: Call): void {
  const asked = (["html", "claim", "json", "asRecipe"] as const).filter((name) => flags[name] !== undefined);
  const [one, other] = asked;
  if (one !== undefined && other !== undefined)
    throw usage(`--${dashed(one)} and --${dashed(other)} exclude each other.`);
}

const dashed = (name: string): string => (name === "asRecipe" ? "as-recipe" : name);

/** Prints where the page is. */
async function showPage(
  meant: Meant,
  jobs: readonly ReadJob[],
  { call, config }: { readonly call: Call; readonly config: Config },
): Promise<number> {
  const { flags, io, screen } = call;
  const [{ pageTarget }, { usualPage }, { writePage }] = await Promise.all([
    import("../page/page-target.ts"),
    import("../page/usual-page.ts"),
    import("../page/write-page.ts"),
  ]);
  const name = meant.kind === "run" ? meant.run.runId : meant.job.name;
  const states = jobs.map(({ state }) => state);
  const path =
    typeof flags.html === "string" ? flags.html : shownFrom(io.cwd, usualPage(name, states, io.cwd));
  const target = await pageTarget("--html", path, io.cwd);
  const run = meant.kind === "run" ? { run: meant.run } : {};
  await writePage({ jobs, ...run, target, pageLink: pageLinkOn(config.webUrl) }, call);
  screen.out(path);
  return exitCodes.done;
}

/** A recipe is of one job: of several it would be another one's. */
function showRecipe(jobs: readonly ReadJob[], { io, screen }: Call, config: Config): number {
  const [job, ...others] = jobs;
  if (job === undefined || others.length > 0)
    throw usage(
      `a recipe is made of one job, and the run has ${jobs.length}.`,
      `Name one: ${jobs.map(({ state }) => state.jobId).join(", ")}`,
    );
  const text = recipeOfJob(job.state, { folder: io.cwd, knownSkills: skillsOf(config) });
  screen.out(text.trimEnd());
  return exitCodes.done;
}

function showJson(meant: Meant, jobs: readonly ReadJob[], { screen }: Call): void {
  const shown = jobs.map(jobJson);
  screen.out(JSON.stringify(meant.kind === "run" ? { type: "run", ...meant.run, jobs: shown } : shown[0]));
}

/** The local backend's credits are never counted. */
async function withUnmeasured(jobs: readonly ReadJob[], journal: Journal): Promise<readonly ShownJob[]> {
  const shown: ShownJob[] = [];
  for (const job of jobs) {
    const { unmeasured } = await journal.spent({ sinceMs: 0, jobId: job.state.jobId });
    shown.push({ ...job, unmeasured });
  }
  return shown;
}

function showText(
  meant: Meant,
  jobs: readonly ShownJob[],
  { call, config }: { readonly call: Call; readonly config: Config },
): void {
  const { io, screen } = call;
  const paint = screen.outPaint;
  const view = { paint, nowMs: wallClock.now(), pageLink: pageLinkOn(config.webUrl) };
  const columns = columnsOf(io.stdout, 120);
  if (meant.kind === "run") for (const line of runsTable([meant.run], { paint, columns })) screen.out(line);
  for (const [index, job] of jobs.entries()) {
    if (index > 0 || meant.kind === "run") screen.out("");
    for (const line of showJob(job, view)) screen.out(line);
  }
}

/** The one place that prints a claim link: somebody asked for it by name. */
async function claim(jobs: readonly ReadJob[], call: Call, config: Config): Promise<number> {
  const claimable = jobs.flatMap(({ state }) => (state.session === undefined ? [] : [state]));
  if (claimable.length === 0)
    throw new Stop(exitCodes.failed, "no session was opened yet: there is nothing to claim.", {
      code: "nothing-to-do",
    });
  const service = openService(call, config);
  try {
    for (const state of claimable) {
      refuseElsewhere(state, config);
      const { session, plan } = state;
      if (session === undefined) continue;
      const link = await service.claimLink({ ...session, skill: plan.skill });
      call.io.stdout.write(`${link}\n`);
    }
    call.screen.note("Whoever opens the link takes the session over: keep it to yourself.");
    return exitCodes.done;
  } finally {
    await service.close();
  }
}

function refuseElsewhere({ plan }: JobState, config: Config): void {
  if (plan.backend === "local")
    throw usage(`${plan.name} is a local preview: it has no page to open.`, undefined, "nothing-to-do");
  const backend = backendElsewhere(plan, config);
  if (backend !== undefined)
    throw usage(
      `${plan.name} was made on ${backend}.`,
      `NEMO_API_URL=${backend} nemo-recipe show … --claim`,
      "nothing-to-do",
    );
}
