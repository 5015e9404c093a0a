import type { Place, Problem } from "../recipe/problem.ts";
import { placeOf, type ExportPlace } from "./export-place.ts";
import { foldPath } from "./output-path.ts";
import type { ExportStep, PlannedJob } from "./planned-job.ts";
import type { ProblemList } from "./problem-list.ts";

interface PlacedJob {
  readonly job: PlannedJob;
  readonly places: readonly ExportPlace[];
}

/** Says which outputs would be one file: with each other on some system, or with an input. */
export function checkCollisions(jobs: readonly PlacedJob[], problems: ProblemList): void {
  const inputs = new Set<string>();
  for (const { job } of jobs) {
    for (const step of job.steps) {
      if (step.kind === "upload" && step.media.kind === "file") inputs.add(foldPath(step.media.file.path));
    }
  }
  const owners = new Map<string, string>();
  for (const { job, places } of jobs) {
    for (const step of job.steps) {
      if (step.kind !== "export") continue;
      const folded = foldPath(step.path);
      const owner = owners.get(folded);
      const place = (): Place | undefined => placeOf(step.key, places);
      if (owner !== undefined) problems.add(collision(step, { owner, job: job.name, place: place() }));
      if (inputs.has(folded)) problems.add(overInput(step, place()));
      owners.set(folded, owner ?? job.name);
    }
  }
}

function collision(
  step: ExportStep,
  { owner, job, place }: { readonly owner: string; readonly job: string; readonly place: Place | undefined },
): Problem {
  const twice = owner === job;
  return {
    severity: "error",
    code: "output-collision",
    message: twice
      ? `two exports of job "${job}" would both write ${step.shownPath}`
      : `jobs "${owner}" and "${job}" would both write ${step.shownPath}`,
    hint: twice
      ? "put into `to` what tells them apart: ${{ export.format }}, ${{ export.index }}, ${{ variant.name }} or ${{ input.stem }}"
      : "put into `to` what tells the jobs apart: ${{ job.name }}",
    ...(place && { place }),
  };
}

function overInput(step: ExportStep, place: Place | undefined): Problem {
  return {
    severity: "error",
    code: "output-is-input",
    message: `the output ${step.shownPath} would overwrite an input`,
    hint: "let `to` lead to another folder, such as out/",
    ...(place && { place }),
  };
}
