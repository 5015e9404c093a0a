import type { PictureProtocol } from "../../report/terminal-picture.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** How the terminal shows pictures, as far as it says of itself what it is. Within tmux and screen: not at all. */
export function pictureProtocol(env: Env): PictureProtocol | undefined {
  const { TERM = "", TERM_PROGRAM = "", LC_TERMINAL = "" } = env;
  if (isSet(env["TMUX"]) || isSet(env["STY"]) || /^(?:tmux|screen)/.test(TERM)) return undefined;
  if (/^xterm-(?:kitty|ghostty)/.test(TERM) || isSet(env["KITTY_WINDOW_ID"]) || TERM_PROGRAM === "ghostty")
    return "kitty";
  if (TERM_PROGRAM === "iTerm.app" || TERM_PROGRAM === "WezTerm" || TERM_PROGRAM === "mintty")
    return "iterm2";
  if (LC_TERMINAL === "iTerm2") return "iterm2";
  if (Number(env["KONSOLE_VERSION"] ?? 0) >= 220_400) return "kitty";
  return /^(?:foot|mlterm|contour|yaft)|sixel/.test(TERM) ? "sixel" : undefined;
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== "";
