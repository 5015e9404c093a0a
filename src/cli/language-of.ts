/** The machine's language as a BCP-47 tag, from `LC_ALL` or `LANG`: `pt_BR.UTF-8` → `pt-BR`; else `en`. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): string {
  const named = (env["LC_ALL"] ?? "") || (env["LANG"] ?? "");
  const tag = (named.split(/[.@]/)[0] ?? "").replaceAll("_", "-");
  try {
    return /^[a-z]{2,3}(-|$)/i.test(tag) ? (Intl.getCanonicalLocales(tag)[0] ?? "en") : "en";
  } catch {
    return "en";
  }
}
