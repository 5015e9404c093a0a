// Owns: how many jobs run at once. Invariants: never more than `atOnce`; first come, first served.

export interface Lane {
  run<T>(job: () => Promise<T>): Promise<T>;
}

export function limitRuns(atOnce: number): Lane {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async run(job) {
      if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      try {
        return await job();
      } finally {
        // A place is handed on as it is, so that nobody can slip in between.
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
