// What a run would do and cost, before it does. Nothing that costs is sent.
import { planRecipe, RunRefused } from "nemo-recipe";

try {
  const plan = await planRecipe({ text: "prompts: a 1-second video", backend: "local" });
  for (const job of plan.jobs)
    console.log(`${job.name}: ${job.reason}, ${job.turns.missing} of ${job.turns.count} turns`);
  if (plan.refused !== undefined) console.log(`run would refuse: ${plan.refused.code}`);
} catch (error) {
  if (!(error instanceof RunRefused)) throw error;
  for (const { code, place } of error.problems) console.error(code, place?.line);
  process.exitCode = error.exitCode;
}
