// Owns: sessions with their uploads, drafts and turns. Talks to: the store.
// Invariants: the newest version of a draft is the last; a turn that was accepted stays on record.
import { join } from "node:path";
import type { Draft } from "../draft.ts";
import { randomName, sessionId } from "./random-id.ts";
import type { Store } from "./store.ts";

export interface Upload {
  id: string;
  atMs: number;
  filename: string;
  fileType: "video" | "image" | "audio";
  sizeBytes: number;
  sha256: string;
  width: number;
  height: number;
  durationSeconds: number;
  fps: number;
  hasSound: boolean;
  /** EXIF orientation, 1–8. */
  orientation: number;
}

export interface TurnRecord {
  id: string;
  sessionId: string;
  userId: string;
  text: string;
  acceptedAtMs: number;
  /** When its work and its second stage were done; absent while it runs. */
  settledAtMs?: number;
  /** Credits; reserved while it runs, taken when it is settled. */
  charge: number;
  outcome: "built" | "edited" | "answered";
  silent: boolean;
}

export interface Session {
  id: string;
  taskId: string;
  taskName: string;
  userId: string;
  language: string;
  uploads: Upload[];
  /** Drafts with the moment each came to be; the last is the current one. */
  versions: { atMs: number; draft: Draft }[];
  turns: TurnRecord[];
}

export interface Sessions {
  create(owner: { userId: string; taskName: string; language: string }): Session;
  find(id: string, userId: string): Session | undefined;
  forget(id: string): void;
  save(session: Session): void;
  uploadPath(upload: Pick<Upload, "id">): string;
  all(): Iterable<Session>;
}

const keptVersions = 16;

export function openSessions(store: Store): Sessions {
  const sessions = new Map<string, Session>();
  for (const name of store.list("sessions")) {
    const session = store.read(name) as Session | undefined;
    if (session !== undefined) sessions.set(session.id, session);
  }
  const save = (session: Session): void => {
    session.versions = session.versions.slice(-keptVersions);
    if (sessions.has(session.id)) store.write(`sessions/${session.id}.json`, session);
  };
  return {
    create(owner) {
      const session = {
        ...owner,
        id: sessionId(),
        taskId: randomName("task_"),
        uploads: [],
        versions: [],
        turns: [],
      };
      sessions.set(session.id, session);
      save(session);
      return session;
    },
    find(id, userId) {
      const session = sessions.get(id);
      return session?.userId === userId ? session : undefined;
    },
    forget(id) {
      sessions.delete(id);
      store.remove(`sessions/${id}.json`);
    },
    save,
    uploadPath: (upload) => join(store.folder, "uploads", upload.id),
    all: () => sessions.values(),
  };
}

export function draftOf(session: Session): Draft | undefined {
  return session.versions.at(-1)?.draft;
}
