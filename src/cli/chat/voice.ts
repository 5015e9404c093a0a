/** How the conversation reaches a person, on a terminal or down a pipe. */
export interface Voice {
  /** One line, or several, that stay. */
  say(text: string): void;
  /** What is going on now, shown where the terminal can; undefined: nothing. */
  work(text: string | undefined): void;
  /** A delivered file, as a result. */
  result(path: string): void;
}
