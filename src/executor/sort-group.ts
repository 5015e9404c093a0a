import type { FoundFile } from "../plan/planned-job.ts";
import type { InputUse, Journal } from "./ports.ts";
import type { WatchReport } from "./watch-request.ts";

/** A group, sorted by what the journal knows of its files. */
export interface SortedGroup {
  /** To be planned: new, or lying where their unfinished jobs found them, so that the plan finds those again. */
  readonly fresh: readonly FoundFile[];
  /** Renamed since their jobs were cut off or failed: those go on as they were planned. */
  readonly goOn: ReadonlyMap<string, readonly FoundFile[]>;
  /** Every job that took them has delivered. */
  readonly made: readonly { readonly file: FoundFile; readonly jobIds: readonly string[] }[];
}

export interface SortNeeds {
  readonly journal: Journal;
  readonly recipe: string;
  readonly backend: string;
  /** Jobs that ended in this run: they are not tried again before the next. */
  readonly ended: ReadonlySet<string>;
  readonly tell: (report: WatchReport) => void;
}

/** Looks each file up by its bytes. What is left out has been told, or was before. */
export async function sortGroup(files: readonly FoundFile[], needs: SortNeeds): Promise<SortedGroup> {
  const { journal, recipe, backend, tell } = needs;
  const fresh: FoundFile[] = [];
  const goOn = new Map<string, FoundFile[]>();
  const made: { readonly file: FoundFile; readonly jobIds: readonly string[] }[] = [];
  for (const file of files) {
    if (await journal.isPlaced(file.sha256)) {
      tell({ type: "delivered-before", file });
      continue;
    }
    const uses = await journal.findByInput({ recipe, backend, sha256: file.sha256 });
    const open = uses.filter(({ status }) => status !== "finished");
    if (uses.length === 0) fresh.push(file);
    else if (open.length === 0) made.push({ file, jobIds: uses.map(({ jobId }) => jobId) });
    else sortOpen(file, open, { fresh, goOn, needs });
  }
  return { fresh, goOn, made };
}

function sortOpen(
  file: FoundFile,
  open: readonly InputUse[],
  {
    fresh,
    goOn,
    needs,
  }: { readonly fresh: FoundFile[]; readonly goOn: Map<string, FoundFile[]>; readonly needs: SortNeeds },
): void {
  const parked = open.find(({ status }) => status === "needs-you");
  if (parked !== undefined) return needs.tell({ type: "needs-you", file, jobId: parked.jobId });
  const isElsewhere = open.every(({ path }) => path !== file.path);
  const again = open.filter(({ jobId }) => !needs.ended.has(jobId));
  if (again.length === 0 && isElsewhere) return needs.tell({ type: "known", file });
  if (!isElsewhere) fresh.push(file);
  else for (const { jobId } of again) goOn.set(jobId, [...(goOn.get(jobId) ?? []), file]);
}
