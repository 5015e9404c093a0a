import { slug } from "../base/slug.ts";

const maxLength = 120;

/** The recipe's name and what makes the job different from its siblings, as one slug. */
export function baseName(recipe: string, parts: readonly string[]): string {
  const words = [recipe, ...parts.map(slug)].filter((word) => word !== "");
  return words.join("-").slice(0, maxLength).replace(/-+$/, "");
}

/** `-2026-11-20-0900` for a slot's job, then `-take2` for a fresh take of it. */
export function withSuffixes(name: string, suffixes: { slot?: string; take?: number }): string {
  const slot = suffixes.slot === undefined ? "" : `-${suffixes.slot}`;
  const take = suffixes.take === undefined || suffixes.take < 2 ? "" : `-take${suffixes.take}`;
  return name + slot + take;
}

/** Gives every name out once: who comes second with `promo` becomes `promo-2`. */
export function uniqueNames(): (name: string) => string {
  /** Each name that was given out, with the number that its next namesake is tried with. */
  const taken = new Map<string, number>();
  return (name) => {
    let number = taken.get(name);
    if (number === undefined) {
      taken.set(name, 2);
      return name;
    }
    while (taken.has(`${name}-${number}`)) number += 1;
    taken.set(name, number + 1);
    taken.set(`${name}-${number}`, 2);
    return `${name}-${number}`;
  };
}
