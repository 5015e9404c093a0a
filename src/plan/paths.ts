/** Path arithmetic for one kind of system, as text: nothing here looks at a disk. */
export interface Paths {
  readonly windows: boolean;
  isAbsolute(path: string): boolean;
  /** The absolute path without `.`, `..` and doubled separators; a relative `path` starts at `dir`. */
  resolve(dir: string, path: string): string;
  /** `path` as seen from the folder `dir`, where it lies in it; undefined elsewhere. `""` for `dir` itself. */
  within(dir: string, path: string): string | undefined;
}

/** An empty segment, `.` or `..`, or a separator at the end: nearly no path of a plan has one. */
const needsWork = /\/\.{0,2}(?:\/|$)/;

export function pathsFor(windows: boolean): Paths {
  const separator = windows ? "\\" : "/";
  const between = windows ? /[\\/]+/ : /\/+/;
  const rootOf = (path: string): string => (windows ? windowsRoot(path) : path.startsWith("/") ? "/" : "");

  function resolve(dir: string, path: string): string {
    const full = rootOf(path) === "" ? `${dir}${separator}${path}` : path;
    const root = rootOf(full);
    if (!windows && root !== "" && !needsWork.test(full)) return full;
    const kept: string[] = [];
    for (const segment of full.slice(root.length).split(between)) {
      if (segment === "..") kept.pop();
      else if (segment !== "" && segment !== ".") kept.push(segment);
    }
    return (windows ? root.replaceAll("/", "\\") : root) + kept.join(separator);
  }

  const fold = (text: string): string => (windows ? text.toLowerCase() : text);

  function within(dir: string, path: string): string | undefined {
    const start = startOf(dir);
    const full = resolve(dir, path);
    if (fold(full + separator) === fold(start) || fold(full) === fold(start)) return "";
    return fold(full).startsWith(fold(start)) ? full.slice(start.length) : undefined;
  }

  let last = { dir: "", start: "" };

  /** A plan asks for the same few folders again and again. */
  function startOf(dir: string): string {
    if (dir !== last.dir) {
      const base = resolve(dir, ".");
      last = { dir, start: base.endsWith(separator) ? base : base + separator };
    }
    return last.start;
  }

  return { windows, isAbsolute: (path) => rootOf(path) !== "", resolve, within };
}

/** `C:\`, `\\server\share\`, `\`, or nothing. `C:name` starts at no folder that a plan could know, so it counts as a root. */
function windowsRoot(path: string): string {
  return /^(?:[A-Za-z]:[\\/]*|[\\/]{2}[^\\/]+[\\/]+[^\\/]+[\\/]*|[\\/])/.exec(path)?.[0] ?? "";
}
