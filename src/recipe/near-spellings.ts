const units: readonly (readonly [RegExp, string])[] = [
  [/(?<=\d)(?:ms|millis|milliseconds?)\b/gi, "ms"],
  [/(?<=\d)s(?:ec(?:ond)?s?)?\b/gi, "s"],
  [/(?<=\d)m(?:in(?:ute)?s?)?\b/gi, "m"],
  [/(?<=\d)h(?:(?:ou)?rs?)?\b/gi, "h"],
  [/(?<=\d)d(?:ays?)?\b/gi, "d"],
];

/** What somebody may have meant who wrote `2 sec`, `5..8`, `3-5s` or `16s..14s` for a duration or a range. */
export function nearSpellings(written: string): readonly string[] {
  const compact = units.reduce((text, [word, unit]) => text.replace(word, unit), written.replace(/\s+/g, ""));
  const dotted = compact.replace(/^([\d.]+\w*)(?:-|–|to|\.\.\.)([\d.]+\w*)$/, "$1..$2");
  const [from, to, more] = dotted.split("..");
  if (from === undefined || to === undefined || more !== undefined)
    return [dotted, `${dotted}${/h\d+$/.test(dotted) ? "m" : "s"}`];
  const unit = /[a-z]+$/.exec(to)?.[0] ?? "s";
  const spelled = /\d$/.test(from) ? `${from}${unit}..${/\d$/.test(to) ? `${to}${unit}` : to}` : dotted;
  return [dotted, spelled, `${to}..${from}`];
}
