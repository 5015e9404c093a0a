/** A body of known length that is written as it is read. */
export interface StreamedBody {
  readonly sizeBytes: number;
  chunks(): AsyncIterable<Uint8Array>;
}

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | StreamedBody;
  /** A connection of its own, used for nothing else: an error before it stands is certainly `not-sent`. */
  readonly fresh?: boolean;
  /** Refuse a peer in a private network. */
  readonly publicOnly?: boolean;
  readonly signal: AbortSignal;
  /** Called when the connection stands: from here on bytes of the request may have left. */
  readonly onConnected?: () => void;
  /** Called whenever bytes went out or came in. */
  readonly onBytes?: () => void;
}

export interface HttpAnswer {
  readonly status: number;
  header(name: string): string | undefined;
  /** To be read once. Throws where the answer breaks off; leaving the loop early ends the connection. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends one request once and never follows a redirect. Fails with a {@link TransportError}, or a body's own Failure. */
export interface Transport {
  exchange(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** No complete answer came. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /** False only where it is certain that no byte of the request was written. */
  readonly connected: boolean;

  constructor(connected: boolean, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.connected = connected;
  }
}
