const temporary =
  /^\.|^~\$|\.(part|partial|crdownload|tmp|download)$|\.unmet\.[^.]+$|\.preview\.(?:mp4|jpg)$/i;
const litter = new Set(["thumbs.db", "ehthumbs.db", "desktop.ini"]);

/**
 * True for names that no glob and no folder ever means: dotfiles, downloads and saves under way, lock files, what the
 * system leaves behind, and our own `NAME.unmet.EXT`.
 */
export function isTemporaryName(name: string): boolean {
  return temporary.test(name) || litter.has(name.toLowerCase());
}
