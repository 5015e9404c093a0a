import type { Config } from "../../config/config.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { Call } from "../call.ts";
import type { World } from "../open-world.ts";
import type { KnownFiles } from "./known-files.ts";
import type { GoingOn } from "./going-on.ts";
import type { Talk } from "./talk.ts";
import type { Voice } from "./voice.ts";
import type { Words } from "./words/words.ts";

/** What goes on at the moment, for who asks while it does. */
export interface Now {
  /** With the request that is being worked on at its end. */
  talk: Talk;
  words: Words;
  /** With the skill and the language of the job that is gone on with. */
  base: Recipe;
}

/** What every part of the conversation may use. */
export interface Room {
  readonly call: Call;
  readonly config: Config;
  readonly world: World;
  /** What the config says of every recipe. */
  readonly base: Recipe;
  readonly files: KnownFiles;
  readonly voice: Voice;
  /** In the language that is spoken now. */
  readonly words: Words;
  /** A person sits there, and can look back at what was typed. */
  readonly isTerminal: boolean;
  /** The first request begins anew, whatever was made before. */
  readonly isFresh: boolean;
  /** Whether the person has gone on from what the service said last. */
  readonly goingOn: GoingOn;
  readonly now: Now;
  /** Warnings that were said: each is said once. */
  readonly warned: Set<string>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
