/** Takes bytes in order. `write` resolves when the next chunk may come; the one given must not be changed any more. */
export interface ByteSink {
  write(chunk: Uint8Array): Promise<void>;
}

/**
 * A readable file of known length. `open` may be called again: every call starts at `fromByte` (default 0). A chunk is
 * good until the next one is asked for: who keeps it longer copies it.
 */
export interface ByteSource {
  readonly name: string;
  readonly sizeBytes: number;
  open(fromByte?: number): AsyncIterable<Uint8Array>;
}
