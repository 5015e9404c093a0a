/** How the conversation reaches a person, on a terminal or down a pipe. */
export interface Voice {
  /** One line, or several, that stay. */
  say(text: string): void;
  /** What is going on now, shown where the terminal can; undefined: nothing. */
  work(text: string | undefined): void;
  /** A file that was delivered, as a result: an absolute path. */
  result(path: string): void;
  /** A result that is shown as it is because somebody asked for it, though it is a key to something. */
  unmasked(text: string): void;
}
