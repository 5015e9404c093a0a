const mostAlternatives = 256;

/**
 * A test for relative paths with slashes. Without a slash the glob means the last name, at any depth; with one, the
 * whole path. `*`, `?`, `[abc]`, `{a,b}` and `**` have their usual meaning; case does not matter. No glob is slow.
 */
export function globTest(glob: string): (path: string) => boolean {
  const alternatives = alternativesOf(glob.toLowerCase().replace(/^\.?\//, "")).map((one) => one.split("/"));
  const isWhole = glob.includes("/");
  return (path) => {
    const parts = path.toLowerCase().split("/");
    const tested = isWhole ? parts : parts.slice(-1);
    return alternatives.some((alternative) => fits(alternative, tested));
  };
}

/** `a{b,c}` → `ab`, `ac`. */
function alternativesOf(glob: string): string[] {
  let open = [glob];
  for (;;) {
    const next = open.flatMap((one) => {
      const found = /\{([^{}]*)\}/.exec(one);
      if (found === null) return [one];
      const [braces = "", inside = ""] = found;
      const rest = one.slice(found.index + braces.length);
      return inside.split(",").map((choice) => one.slice(0, found.index) + choice + rest);
    });
    if (next.length === open.length && next.every((one, index) => one === open[index])) return next;
    open = next.slice(0, mostAlternatives);
  }
}

/** Rows of what fits up to each part, so that no number of `**` costs more than their product. */
function fits(globs: readonly string[], parts: readonly string[]): boolean {
  let reached = [true, ...parts.map(() => false)];
  for (const glob of globs) {
    const next = parts.length === 0 ? [false] : [false, ...parts.map(() => false)];
    if (glob === "**") {
      let isOpen = false;
      for (const [index, was] of reached.entries()) next[index] = isOpen ||= was;
    } else {
      for (const [index, part] of parts.entries())
        next[index + 1] = reached[index] === true && fitsPart(glob, part);
    }
    reached = next;
  }
  return reached[parts.length] === true;
}

function fitsPart(glob: string, part: string): boolean {
  const signs = signsOf(glob);
  const chars = Array.from(part);
  let [inGlob, inPart, star, resume] = [0, 0, -1, 0];
  while (inPart < chars.length) {
    const sign = signs[inGlob];
    if (sign === "*") {
      [star, resume] = [inGlob, inPart];
      inGlob += 1;
    } else if (sign !== undefined && fitsChar(sign, chars[inPart] ?? "")) {
      inGlob += 1;
      inPart += 1;
    } else if (star >= 0) {
      inGlob = star + 1;
      resume += 1;
      inPart = resume;
    } else return false;
  }
  while (signs[inGlob] === "*") inGlob += 1;
  return inGlob === signs.length;
}

const known = new Map<string, string[]>();

/** `[…]` and an escaped character are one sign. */
function signsOf(glob: string): string[] {
  const signs = known.get(glob) ?? glob.match(/\[[!^]?[^\]]+\]|\\.|./gsu) ?? [];
  if (known.size > 1_000) known.clear();
  known.set(glob, signs);
  return signs;
}

function fitsChar(sign: string, char: string): boolean {
  if (sign === "?") return true;
  if (sign.startsWith("\\") && sign.length > 1) return sign.slice(1) === char;
  if (!sign.startsWith("[") || sign.length < 3) return sign === char;
  const isNot = /^\[[!^]/.test(sign);
  const inside = sign.slice(isNot ? 2 : 1, -1);
  let isIn = false;
  for (let at = 0; at < inside.length; at++) {
    const [from = "", dash, to = ""] = inside.slice(at, at + 3);
    if (dash === "-" && to !== "") {
      isIn ||= from <= char && char <= to;
      at += 2;
    } else isIn ||= from === char;
  }
  return isIn !== isNot;
}
