// base/: Words without a domain: assert, duration, range, ids, failure, the clock's shape.

/** A mistake of ours, never of the user or the service. The command line reports it with exit code 70. */
export class Bug extends Error {
  override readonly name = "Bug";
}

/** States an invariant; throws a {@link Bug} where it does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Bug(message);
}

/** Marks a `switch` as complete: the compiler refuses a forgotten case. */
export function unreachable(value: never): never {
  throw new Bug(`unreachable: ${JSON.stringify(value)}`);
}
