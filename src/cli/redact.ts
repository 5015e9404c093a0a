/** Text without the secrets that it may hold. */
export type Redact = (text: string) => string;

/** Shorter values would hide innocent words; no token or client id is that short. */
const shortest = 4;

/**
 * Keeps secrets by value: what was once added never leaves through `redact`, wherever it comes from.
 * Owns: the values in all their spellings. Talks to: nobody. Invariants: values are only added.
 */
export class Secrets {
  readonly #spellings = new Set<string>();

  add(...values: readonly (string | undefined)[]): void {
    for (const value of values)
      if (value !== undefined && value.trim().length >= shortest)
        for (const spelling of spellings(value.trim())) this.#spellings.add(spelling);
  }

  readonly redact: Redact = (text) => {
    let clean = text;
    for (const spelling of this.#spellings) clean = clean.replaceAll(spelling, "[secret]");
    return clean.replaceAll(anyToken, "[secret]");
  };
}

/** As it is, in JSON, and as addresses have it. */
function spellings(value: string): Set<string> {
  const json = JSON.stringify(value).slice(1, -1);
  const form = new URLSearchParams([["", value]]).toString().slice(1);
  const query = URL.parse(`https://x.test/?${value.replaceAll("#", "")}`)?.search.slice(1) ?? value;
  return new Set([
    value,
    json,
    encodeURIComponent(value.toWellFormed()),
    encodeURI(value.toWellFormed()),
    form,
    query,
  ]);
}

/** What the service's own tokens look like, should one come from a place that nobody thought of. */
const anyToken = /\b(?:nmv_usr|clm)_[A-Za-z0-9_-]{6,}/g;
