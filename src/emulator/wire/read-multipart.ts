import { Refused } from "./call.ts";

export interface PartHead {
  field: string;
  filename: string | undefined;
}

export type PartEvent = { kind: "part"; head: PartHead } | { kind: "data"; bytes: Buffer } | { kind: "end" };

const headLimitBytes = 16 * 1024;
const blankLine = Buffer.from("\r\n\r\n");

/**
 * Splits a multipart body into its parts as the bytes arrive. Keeps at most one chunk and a boundary in memory.
 * Throws Refused 422 when the body is not what its boundary says.
 */
export async function* readMultipart(
  body: AsyncIterable<Buffer>,
  boundary: string,
): AsyncGenerator<PartEvent> {
  const mark = Buffer.from(`\r\n--${boundary}`);
  let kept: Buffer = Buffer.from("\r\n");
  let place: "data" | "head" | "preamble" | "done" = "preamble";
  for await (const chunk of body) {
    if (place === "done") continue;
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    for (;;) {
      if (place === "head") {
        if (kept.length >= 2 && kept.subarray(0, 2).toString() === "--") {
          place = "done";
          break;
        }
        const end = kept.indexOf(blankLine);
        if (end < 0) break;
        yield { kind: "part", head: readHead(kept.subarray(0, end).toString("utf8")) };
        kept = kept.subarray(end + blankLine.length);
        place = "data";
      }
      const at = kept.indexOf(mark);
      const upTo: number = at < 0 ? Math.max(0, kept.length - mark.length) : at;
      if (place === "data" && upTo > 0) yield { kind: "data", bytes: kept.subarray(0, upTo) };
      kept = kept.subarray(upTo);
      if (at < 0) break;
      if (place === "data") yield { kind: "end" };
      kept = kept.subarray(mark.length);
      place = "head";
    }
    if (place === "head" && kept.length > headLimitBytes)
      throw new Refused(422, "a part's header is too long");
  }
  if (place !== "done") throw new Refused(422, "the multipart body ends too early");
}

function readHead(text: string): PartHead {
  const disposition = /^content-disposition:(.*)$/im.exec(text)?.[1] ?? "";
  const field = /[; ]name="([^"]*)"/i.exec(disposition)?.[1] ?? "";
  const extended = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
  const plain = /[; ]filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
  const filename =
    extended === undefined ? plain?.replace(/%22/g, '"').replace(/\\(.)/g, "$1") : decode(extended);
  return { field, filename };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
