// Owns: the hints of one watch, and the way they are had. Talks to: the system's watches, the looker.
// Invariants: one kind of hints at a time; behind each change of kind everything is listed again; where the system
// gives none, it is said once and looks take their place.
import { largeTree, type StartHints } from "./folder-hints.ts";
import type { FolderLooker } from "./folder-looker.ts";
import type { NameRules } from "./name-rules.ts";
import { fallbackLine } from "./watch-lines.ts";

export interface HintOptions {
  readonly rules: NameRules;
  readonly recursive: boolean;
  readonly pollMs?: number;
  readonly mayPoll: boolean;
  readonly say: (line: string) => void;
}

export interface HintEars {
  readonly looker: FolderLooker;
  readonly heard: () => void;
  /** From now on looks take the place of hints. */
  readonly fellBack: () => void;
}

const fallbackPollMs = 5_000;

export class HintKeeper {
  /** How often to look at everything, where there are no hints. */
  pollMs: number | undefined;
  readonly #options: HintOptions;
  readonly #root: string;
  readonly #startHints: StartHints;
  readonly #ears: HintEars;
  /** How large the tree is shows only when it is listed, and a large one is to be listed once. */
  #isLarge = true;
  #wasFitted = false;
  #isLimited = false;

  constructor(
    options: HintOptions,
    { tree, startHints }: { readonly tree: { readonly root: string }; readonly startHints: StartHints },
    ears: HintEars,
  ) {
    this.#options = options;
    this.#root = tree.root;
    this.#startHints = startHints;
    this.#ears = ears;
    this.pollMs = options.pollMs;
  }

  async start(): Promise<void> {
    if (this.pollMs !== undefined) return;
    const { rules, recursive } = this.#options;
    const { looker, heard } = this.#ears;
    try {
      const hints = await this.#startHints(
        {
          root: this.#root,
          isFlat: !recursive,
          leavesOut: (folder) => !rules.enters(looker.relative(folder)),
          onHint: (folder, name) => {
            looker.hinted.add(folder, name);
            heard();
          },
          onTrouble: (error) => this.#fallBack(error),
        },
        this.#isLarge,
      );
      if (this.pollMs === undefined) looker.hints = hints;
      else await hints.close();
    } catch (error) {
      this.#fallBack(error);
    }
  }

  /** Small trees and large ones have their own kind of hints; a tree that has grown large stays so. */
  async fit(): Promise<void> {
    const { looker } = this.#ears;
    if (looker.hints?.suitsAll === true) return;
    const isLarge = this.#wasFitted && this.#isLarge ? true : looker.seen.size >= largeTree;
    this.#wasFitted = true;
    if (isLarge === this.#isLarge || looker.hints === undefined) return;
    this.#isLarge = isLarge;
    await this.close();
    await this.start();
    // Behind the new watches, so that nothing is lost between the old and the new.
    await looker.lookAll({ withFacts: false });
  }

  async close(): Promise<void> {
    const { hints } = this.#ears.looker;
    this.#ears.looker.hints = undefined;
    await hints?.close();
  }

  #fallBack(error: unknown): void {
    if (this.pollMs !== undefined) return;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const { mayPoll, say } = this.#options;
    if (!this.#isLimited) say(fallbackLine(code, mayPoll));
    this.#isLimited = true;
    if (!mayPoll) return;
    this.pollMs = fallbackPollMs;
    void this.close();
    this.#ears.fellBack();
  }
}
