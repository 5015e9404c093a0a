import type { FailureFacts } from "../../base/failure.ts";
import type { Credits, Session, Signal, StreamEnd } from "../../job/event.ts";
import type { Draft } from "../../job/media.ts";
import type { Format, Quality, Skill, Timeouts } from "../../recipe/recipe.ts";
import type { ByteSink, ByteSource } from "./bytes.ts";

export interface Account {
  /** Hash of the user id, or of what identifies the account where the service gives none. */
  readonly id: string;
  readonly kind: "anonymous" | "registered";
  readonly expiresAtMs?: number;
  /** Page on which an anonymous user keeps the account and its work. */
  readonly registerUrl?: string;
}

/** A session together with the skill whose attribution headers go on each of its calls. */
export interface SessionRef extends Session {
  readonly skill: Skill;
}

export interface UploadedFile {
  readonly name: string;
}

/** How one turn's stream ended. The call throws a Failure where the turn was `not-sent` or `rejected`. */
export interface TurnClose {
  readonly end: StreamEnd;
  readonly texts: readonly string[];
  /** An error that the stream itself reported. */
  readonly failure?: FailureFacts;
}

export interface RenderState {
  readonly status: "pending" | "processing" | "completed" | "failed";
  /** From 0 to 1, where known. */
  readonly share?: number;
  readonly url?: string;
  readonly message?: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/**
 * The service in our words. Every method throws a {@link Failure} from base/ when the service refuses; its `sent`
 * says whether the service may have acted. No method repeats a call by itself, but for two: a bad anonymous token is
 * renewed once and the same call made again where that is safe; and the rest of a file is asked for where it broke off.
 */
export interface NemoService {
  /** `local`, or the origin of the service. */
  readonly backend: string;
  account(): Promise<Account>;
  credits(options?: CallOptions): Promise<Credits>;
  openSession(
    request: { readonly skill: Skill; readonly language: string },
    options?: CallOptions,
  ): Promise<Session>;
  uploadFile(
    request: {
      readonly session: SessionRef;
      readonly source: ByteSource;
      readonly onSent?: (bytes: number) => void;
    },
    options?: CallOptions,
  ): Promise<UploadedFile>;
  uploadUrl(
    request: { readonly session: SessionRef; readonly url: string },
    options?: CallOptions,
  ): Promise<UploadedFile>;
  /**
   * The one paid call. Sends `prompt` exactly once and listens until the stream ends, is silent for too long, or is
   * lost. Resolves with how it ended: that proves nothing about whether the turn ran.
   */
  runTurn(
    request: {
      readonly session: SessionRef;
      readonly prompt: string;
      readonly timeouts: Timeouts;
      readonly onSignal: (signal: Signal) => void;
    },
    options?: CallOptions,
  ): Promise<TurnClose>;
  /** The draft as it stands; undefined where the session has none yet. */
  readDraft(session: SessionRef, options?: CallOptions): Promise<Draft | undefined>;
  /** How many files the session shows: those that were uploaded, and whatever the service counts with them. */
  countFiles(session: SessionRef, options?: CallOptions): Promise<number>;
  startRender(
    request: {
      readonly session: SessionRef;
      readonly renderId: string;
      readonly draft: Draft;
      readonly format: Format;
      readonly quality: Quality;
    },
    options?: CallOptions,
  ): Promise<void>;
  readRender(session: SessionRef, renderId: string, options?: CallOptions): Promise<RenderState>;
  /**
   * Writes the rendered file to `sink`: from `url`, and from the download address when that does not answer. Called again
   * with the same request, it goes on where the last call was cut off, if the server still has that very file.
   */
  download(
    request: {
      readonly session: SessionRef;
      readonly renderId: string;
      readonly url?: string;
      /** Starts the file anew. */
      readonly openSink: () => Promise<ByteSink>;
      readonly onReceived?: (receivedBytes: number, sizeBytes?: number) => void;
    },
    options?: CallOptions,
  ): Promise<void>;
  /** A link that opens the session in a browser and gives nothing else away. */
  claimLink(session: SessionRef, options?: CallOptions): Promise<string>;
  /** The session's page, without any token. */
  pageLink(session: Session): string;
}
