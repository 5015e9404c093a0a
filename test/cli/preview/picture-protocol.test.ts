import { expect, test } from "vitest";
import { pictureProtocol } from "../../../src/cli/preview/picture-protocol.ts";

test.each([
  [{ TERM: "xterm-kitty" }, "kitty"],
  [{ TERM: "xterm-256color", KITTY_WINDOW_ID: "1" }, "kitty"],
  [{ TERM: "xterm-ghostty" }, "kitty"],
  [{ TERM: "xterm-256color", KONSOLE_VERSION: "230800" }, "kitty"],
  [{ TERM: "xterm-256color", KONSOLE_VERSION: "210400" }, undefined],
  [{ TERM: "xterm-256color", TERM_PROGRAM: "iTerm.app" }, "iterm2"],
  [{ TERM: "xterm-256color", TERM_PROGRAM: "WezTerm" }, "iterm2"],
  [{ TERM: "xterm-256color", LC_TERMINAL: "iTerm2" }, "iterm2"],
  [{ TERM: "xterm", TERM_PROGRAM: "mintty" }, "iterm2"],
  [{ TERM: "foot" }, "sixel"],
  [{ TERM: "mlterm" }, "sixel"],
  [{ TERM: "xterm-256color" }, undefined],
  [{ TERM: "xterm-256color", TERM_PROGRAM: "Apple_Terminal" }, undefined],
  [{}, undefined],
  [{ TERM: "xterm-kitty", TMUX: "/tmp/tmux-0/default,1,0" }, undefined],
  [{ TERM: "tmux-256color", TERM_PROGRAM: "WezTerm" }, undefined],
  [{ TERM: "screen", KITTY_WINDOW_ID: "1" }, undefined],
])("%j: %s", (env: Readonly<Record<string, string>>, protocol) => {
  expect(pictureProtocol(env)).toBe(protocol);
});
