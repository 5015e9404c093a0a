/** True where a name is meant by one of the globs: `*` is any text, `?` one character, case does not matter. */
export function nameFilter(globs: readonly string[]): (name: string) => boolean {
  if (globs.length === 0) return () => true;
  const wanted = globs.map((glob) => glob.toLowerCase());
  return (name) => wanted.some((glob) => matches(glob, name.toLowerCase()));
}

/** Walks both texts once, going back to the last `*` where they part: no pattern takes longer than their product. */
function matches(glob: string, name: string): boolean {
  let [inGlob, inName, star, resume] = [0, 0, -1, 0];
  while (inName < name.length) {
    if (glob[inGlob] === "*") {
      [star, resume] = [inGlob, inName];
      inGlob += 1;
    } else if (glob[inGlob] === "?" || glob[inGlob] === name[inName]) {
      inGlob += 1;
      inName += 1;
    } else if (star >= 0) {
      inGlob = star + 1;
      resume += 1;
      inName = resume;
    } else return false;
  }
  while (glob[inGlob] === "*") inGlob += 1;
  return inGlob === glob.length;
}
