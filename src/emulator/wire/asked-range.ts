import type { ServerResponse } from "node:http";

/** First byte that a request asks for, by `Range: bytes=N-` and an `If-Range` that fits; 0 for all of the file. */
export function askedFrom({ req }: ServerResponse, { tag, size }: { tag: string; size: number }): number {
  const from = /^bytes=(\d+)-$/.exec(req.headers.range ?? "")?.[1];
  if (from === undefined || req.headers["if-range"] !== tag || Number(from) >= size) return 0;
  return Number(from);
}
