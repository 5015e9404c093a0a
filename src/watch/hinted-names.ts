/** Owns: what hints told of since the last look, by folder. Of a folder without a name, everything is meant. */
export class HintedNames {
  /** Hints since the last look. */
  count = 0;
  readonly #names = new Map<string, Set<string> | "all">();

  add(folder: string, name: string | undefined): void {
    this.count += 1;
    const names = this.#names.get(folder);
    if (name === undefined) this.#names.set(folder, "all");
    else if (names === undefined) this.#names.set(folder, new Set([name]));
    else if (names !== "all") names.add(name);
  }

  /** All of them; from now on nothing is hinted. */
  take(): readonly (readonly [folder: string, names: ReadonlySet<string> | "all"])[] {
    const taken = [...this.#names];
    this.#names.clear();
    this.count = 0;
    return taken;
  }
}
