import lock from "../package-lock.json" with { type: "json" };
import info from "../package.json" with { type: "json" };

/** What the lockfile says of a package. */
export interface Locked {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
}

const locked: Readonly<Record<string, Locked>> = lock.packages as object as Readonly<Record<string, Locked>>;

/** The packages that these bring, themselves included, by their places in the lockfile; without: those that ours brings. */
export function shippedPackages(
  names: readonly string[] = Object.keys(info.dependencies),
): ReadonlyMap<string, Locked> {
  const found = new Map<string, Locked>();
  const visit = (from: string, wanted: readonly string[]): void => {
    for (const name of wanted) {
      const nested = `${from}/node_modules/${name}`;
      const place = nested in locked ? nested : `node_modules/${name}`;
      const one = locked[place];
      if (found.has(place) || one === undefined) continue;
      found.set(place, one);
      visit(place, Object.keys({ ...one.dependencies, ...one.optionalDependencies }));
    }
  };
  visit("", names);
  return found;
}
