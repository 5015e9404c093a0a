/** `Node 24.21.0`, `Bun 1.4.4`, `Deno 2.9.6`: the latter two also say which Node they take after. */
export function runtimeName({ bun, deno, node }: Readonly<Record<string, string | undefined>>): string {
  if (bun !== undefined) return `Bun ${bun}`;
  return deno === undefined ? `Node ${node ?? "?"}` : `Deno ${deno}`;
}
