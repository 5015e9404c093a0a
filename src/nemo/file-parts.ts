import { Failure } from "../base/failure.ts";
import { abandon, type Incoming } from "./channel.ts";
import { beginPart, isRestOf, rangeHeaders, type DownloadRequest, type FilePart } from "./file-part.ts";

/** Where a file comes from: its own address, or the service's. */
export type Address = "url" | "service";

/** The sink's own error: the disk's matter, not the service's. */
export class SinkError extends Error {}

/** One answer of an address: to the headers that ask for the rest, where there are any. */
type Ask = (headers: Readonly<Record<string, string>>) => Promise<void>;

/** In one call the rest is asked for so often, as long as some of it comes each time. */
const mostRests = 5;

/**
 * Files that came in part, so that what is missing is asked for and not all of it.
 *
 * Owns: what has come of each download. Talks to: the sinks. Invariants: a part is gone on with from the address that
 * it came from, and only where its server says that it is the same file; one whose sink failed is forgotten.
 */
export interface FileParts {
  /** Asks until the file is whole, or a failure stands. */
  complete(request: DownloadRequest, from: Address, ask: Ask): Promise<void>;
  /** The part that an answer belongs to: the one there is, or a new one in a sink that begins anew. */
  take(request: DownloadRequest, from: Address, incoming: Incoming): Promise<FilePart>;
  forget(request: DownloadRequest, from: Address): void;
}

export function fileParts(): FileParts {
  const parts = new WeakMap<DownloadRequest, { readonly part: FilePart; readonly from: Address }>();
  const partOf = (request: DownloadRequest, from: Address): FilePart | undefined => {
    const known = parts.get(request);
    return known?.from === from ? known.part : undefined;
  };
  return {
    async complete(request, from, ask) {
      for (let rests = 0; ; rests++) {
        const before = partOf(request, from);
        const bytesBefore = before?.receivedBytes ?? 0;
        try {
          await ask(rangeHeaders(before) ?? {});
          parts.delete(request);
          return;
        } catch (error) {
          if (error instanceof SinkError) parts.delete(request);
          const part = partOf(request, from);
          const hasGrown = part !== before || (part?.receivedBytes ?? 0) > bytesBefore;
          const mayGoOn = isCut(error) && hasGrown && rangeHeaders(part) !== undefined;
          if (!mayGoOn || rests >= mostRests) throw error;
        }
      }
    },
    async take(request, from, incoming) {
      if (incoming.status === 206) {
        const part = partOf(request, from);
        if (part !== undefined && isRestOf(part, incoming)) return part;
        parts.delete(request);
        await abandon(incoming);
        throw cutShort("what came is not its rest");
      }
      const part = beginPart(incoming, await request.openSink().catch(toSinkError));
      parts.set(request, { part, from });
      return part;
    },
    forget(request, from) {
      if (partOf(request, from) !== undefined) parts.delete(request);
    },
  };
}

export function toSinkError(cause: unknown): never {
  throw new SinkError("the sink failed", { cause });
}

export const cutShort = (why: string): Failure =>
  new Failure({
    code: "download-failed",
    message: `The file did not come whole: ${why}.`,
    sent: "rejected",
    transient: true,
  });

const isCut = (error: unknown): boolean => error instanceof Failure && error.facts.transient === true;
