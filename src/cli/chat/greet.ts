import type { Voice } from "./voice.ts";
import type { Words } from "./words/words.ts";

/** The first thing that is seen, before anything is asked of the network. */
export function greet(
  voice: Voice,
  { words, isLocal }: { readonly words: Words; readonly isLocal: boolean },
): void {
  voice.say(
    [words.greeting, ...words.examples.map((example) => `  ${example}`), words.greetingEnd].join("\n"),
  );
  if (isLocal) voice.say(words.localNote);
}
