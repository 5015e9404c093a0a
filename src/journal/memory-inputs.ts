import type { InputUse } from "../executor/ports.ts";
import type { JobEvent } from "../job/event.ts";
import { inputsOf } from "./inputs-of.ts";

interface Input {
  readonly recipe: string;
  readonly backend: string;
  readonly sha256: string;
}

/** The input table of the memory journal: which jobs took which bytes, in the order of their plans. */
export interface MemoryInputs {
  record(jobId: string, event: JobEvent): void;
  uses(input: Input, statusOf: (jobId: string) => InputUse["status"]): InputUse[];
}

export function memoryInputs(): MemoryInputs {
  const paths = new Map<string, Map<string, string>>();
  return {
    record(jobId, event) {
      if (event.type !== "job-planned") return;
      const { recipe, backend } = event.plan;
      for (const { sha256, path } of inputsOf(event.plan)) {
        const key = keyOf({ recipe, backend, sha256 });
        const known = paths.get(key) ?? new Map<string, string>();
        paths.set(key, known.set(jobId, known.get(jobId) ?? path));
      }
    },
    uses: (input, statusOf) =>
      [...(paths.get(keyOf(input)) ?? [])]
        .reverse()
        .map(([jobId, path]) => ({ jobId, path, status: statusOf(jobId) })),
  };
}

function keyOf({ recipe, backend, sha256 }: Input): string {
  return JSON.stringify([recipe, backend, sha256]);
}
