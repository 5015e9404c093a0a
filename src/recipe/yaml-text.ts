const plainText = /^[\p{L}\p{N}$./(][\p{L}\p{M}\p{N} ,.'’()/_$…%+;!?“”„«»、。，！？；（）"*&=<>|^~@-]*$/u;
const notText =
  /^(?:true|false|yes|no|on|off|null|y|n|[-+]?[.\d][\d_.]*(?:e[-+]?\d+)?|0[xo][\da-f]+|\d{4}-\d\d-\d\d.*|\.(?:inf|nan))$/i;
const templates = /\$\{\{ params\.[\p{L}\p{N}_-]+ \}\}/gu;

/**
 * A text as a YAML value that reads back as it is, and as people would write it: bare where that is safe, a block
 * where it has several lines, else in double quotes. `indent` is that of a block's lines, in spaces.
 */
export function yamlText(text: string, indent: number): string {
  if (isBare(text)) return text;
  if (isBlock(text)) {
    const pad = " ".repeat(indent);
    return `|-\n${text
      .split("\n")
      .map((line) => (line === "" ? "" : pad + line))
      .join("\n")}`;
  }
  // JSON is YAML: every escape that it writes is one that YAML reads.
  return JSON.stringify(text);
}

function isBare(text: string): boolean {
  const bare = text.replace(templates, "x");
  return plainText.test(bare) && !notText.test(bare) && text === text.trim() && !/\s#|: | {2}/.test(text);
}

/** No line may look like less indentation, end in a space that editors take away, or hold what a block cannot. */
function isBlock(text: string): boolean {
  const lines = text.split("\n");
  if (lines.length < 2 || lines[0] === "" || lines.at(-1) === "") return false;
  return lines.every((line) => !/^\s|\s$/.test(line) && isPrintable(line) && !line.startsWith("#"));
}

const isPrintable = (line: string): boolean => !/[\p{Cc}\p{Cs}\u2028\u2029\uFEFF]/u.test(line);

/** The text with what would be a template made literal. */
export function literalText(text: string): string {
  return text.replaceAll("${{", '${{ "${{" }}');
}
