const name = /[^/\\]*$/;

/** How people should see a path, told by another one's spelling: in the same folder it is spelled alike. */
export function shownBeside(
  known: { readonly path: string; readonly shownPath: string },
  placed: string,
): string {
  if (placed === known.path) return known.shownPath;
  if (placed.replace(name, "") !== known.path.replace(name, "")) return placed;
  return known.shownPath.replace(name, () => name.exec(placed)?.[0] ?? "");
}
