/** `batch:each`, `prompts：hi` or `prompts = hi` as it was meant; undefined where a line is nothing of the kind. */
export function withSpace(line: string): string | undefined {
  const [, key, value] =
    /^\s*(\p{L}[\p{L}\p{N}_-]*)(?::(?=[^\s/])|:\u00A0|\s*：| *=)\s*(\S.*)$/u.exec(line) ?? [];
  return key === undefined || value === undefined ? undefined : `${key}: ${value.trimEnd()}`;
}
