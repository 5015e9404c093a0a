/** Text without the secrets that it may hold. */
export type Redact = (text: string) => string;

/** Shorter values would hide innocent words; no token or client id is that short. */
const shortest = 4;

/**
 * Keeps secrets by value: what was once added never leaves through `redact`, wherever it comes from.
 * Owns: the set of values. Talks to: nobody. Invariants: values are only added.
 */
export class Secrets {
  readonly #values = new Set<string>();

  add(...values: readonly (string | undefined)[]): void {
    for (const value of values)
      if (value !== undefined && value.trim().length >= shortest) this.#values.add(value.trim());
  }

  readonly redact: Redact = (text) => {
    let clean = text;
    for (const value of this.#values) {
      clean = clean.replaceAll(value, "[secret]");
      const escaped = JSON.stringify(value).slice(1, -1);
      if (escaped !== value) clean = clean.replaceAll(escaped, "[secret]");
    }
    return clean.replaceAll(anyToken, "[secret]");
  };
}

/** What the service's own tokens look like, should one come from a place that nobody thought of. */
const anyToken = /\b(?:nmv_usr|clm)_[A-Za-z0-9_-]{6,}/g;
