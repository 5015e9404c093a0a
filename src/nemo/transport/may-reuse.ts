/**
 * Whether a request may go over a connection that has served another. Deno sends a request again by itself, over a new
 * connection, where a used one breaks: harmless for what only reads, and never for what changes something.
 */
export const mayReuse = (method: string): boolean =>
  method === "GET" || process.versions["deno"] === undefined;
