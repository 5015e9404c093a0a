import { skillSheets } from "../../recipe/known-skills.ts";
import type { Voice } from "./voice.ts";
import { speak, type Language } from "./words/speak.ts";

export interface Greeting {
  readonly language: Language;
  readonly isLocal: boolean;
  /** The one that was asked for by name: it has a greeting of its own, in English. */
  readonly skill?: string;
}

/** The first thing that is seen, before anything is asked of the network. */
export function greet(voice: Voice, { language, isLocal, skill }: Greeting): void {
  const words = speak(language);
  const sheet = language === "en" ? skillSheets.find(({ name }) => name === skill) : undefined;
  const greeting = sheet?.greeting ?? words.greeting;
  const examples = sheet?.examples ?? words.examples;
  voice.say([greeting, ...examples.map((example) => `  ${example}`), words.greetingEnd].join("\n"));
  if (isLocal) voice.say(words.localNote);
}
