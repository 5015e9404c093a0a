// Owns: the timers of one backend. Invariants: after `stop` no timer is left and every wait has ended.

export interface Waiting {
  /** Resolves true after this long, false when the backend was closed meanwhile. */
  wait(ms: number): Promise<boolean>;
  stop(): void;
}

export function openWaiting(): Waiting {
  const open = new Map<ReturnType<typeof setTimeout>, (lived: boolean) => void>();
  let stopped = false;
  return {
    wait(ms) {
      if (stopped) return Promise.resolve(false);
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          open.delete(timer);
          resolve(true);
        }, ms);
        open.set(timer, resolve);
      });
    },
    stop() {
      stopped = true;
      for (const [timer, resolve] of open) {
        clearTimeout(timer);
        resolve(false);
      }
      open.clear();
    },
  };
}
