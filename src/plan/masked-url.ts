const marker = /\$\{\{ env\.([A-Za-z_][A-Za-z0-9_]*) \}\}/g;
const mention = /\benv\.([A-Za-z_][A-Za-z0-9_]*)/g;
const expression = /\$\{\{([\s\S]*?)\}\}/g;

/**
 * What a template sees instead of a masked value. Plans are kept in the journal and printed, so they never hold the
 * value itself: see {@link revealEnv}.
 */
export function envMarker(name: string): string {
  return `\${{ env.${name} }}`;
}

/**
 * True where `url` holds exactly the markers that its template mentions. A filter would have spoiled one, and a
 * marker that came out of a row would carry a secret to an address that the recipe does not name.
 */
export function hasOwnMarkersOnly(url: string, template: string): boolean {
  const wanted = [...template.matchAll(expression)].flatMap(([, inside = ""]) => names(inside, mention));
  return names(url, marker).join(" ") === wanted.join(" ");
}

/** The address to be sent: markers replaced by the values of the environment, which stay in memory. */
export function revealEnv(url: string, env: Readonly<Record<string, string | undefined>>): string {
  return url.replace(marker, (whole, name: string) => env[name] ?? whole);
}

/** Names of the environment that an address will take values from. */
export function envNames(url: string): readonly string[] {
  return names(url, marker);
}

function names(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = ""]) => name);
}
