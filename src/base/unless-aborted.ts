/** What a promise brings; undefined where the signal comes first. */
export function unlessAborted<Value>(
  signal: AbortSignal,
  promise: Promise<Value>,
): Promise<{ readonly value: Value } | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    promise
      .then((value) => resolve({ value }), reject)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}
