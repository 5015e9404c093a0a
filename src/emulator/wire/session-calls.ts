import { z } from "zod";
import type { Draft } from "../draft.ts";
import type { Session, Upload } from "../state/sessions.ts";
import { type Call, Refused } from "./call.ts";
import { drain, readBody } from "./read-body.ts";
import { replyData } from "./reply.ts";

const opening = z.object({ task_name: z.string().default("project"), language: z.string().default("en") });

export async function createSession(call: Call): Promise<void> {
  const body = await readBody(call.request, opening);
  const { sessions, ledger, form } = call.backend;
  const { userId } = call.account;
  const session = sessions.create({ userId, taskName: body.task_name, language: body.language });
  ledger.sessions.push({ atMs: Date.now(), id: session.id, userId, language: session.language });
  const older = form === "old" ? { user_id: userId } : {};
  replyData(call, { task_id: session.taskId, session_id: session.id, ...older });
}

/** The caller's session. Throws Refused 1002 when there is none of this id. */
export function sessionOf(call: Call, id: string | undefined): Session {
  const session = call.backend.sessions.find(id ?? "", call.account.userId);
  if (session === undefined) throw new Refused(1002, "session not found");
  return session;
}

export async function latestState(call: Call): Promise<void> {
  await drain(call.request);
  const session = sessionOf(call, call.params[0]);
  const asOfMs = Date.now() - Number(call.faults.get("stale-state") ?? 0);
  const draft = session.versions.findLast(({ atMs }) => atMs <= asOfMs)?.draft;
  replyData(call, {
    session_id: session.id,
    task_id: session.taskId,
    task_name: session.taskName,
    state: call.backend.form === "old" ? olderState(session, draft) : currentState(session, draft),
  });
}

function currentState(session: Session, draft: Draft | undefined): Record<string, unknown> {
  return {
    draft: draft ?? null,
    video_infos: session.uploads.map(infoOf),
    canvas_config: { width: draft?.m.width ?? 1920, height: draft?.m.height ?? 1080 },
    generated_media:
      draft === undefined ? [] : [{ type: "video", name: draft.m.title, duration: draft.d / 1000 }],
    video_analyses: [],
  };
}

/** Maps for lists, an empty draft for none, and segments without their starts. */
function olderState(session: Session, draft: Draft | undefined): Record<string, unknown> {
  const state = currentState(session, draft);
  return {
    ...state,
    draft: draft === undefined ? {} : withoutStarts(draft),
    video_infos: Object.fromEntries(session.uploads.map((upload) => [upload.id, infoOf(upload)])),
    generated_media: draft === undefined ? {} : { video_1: { name: draft.m.title } },
    video_analyses: {},
  };
}

function withoutStarts(draft: Draft): unknown {
  const t = draft.t.map((track) => ({ ...track, sg: track.sg.map(({ d, m }) => ({ d, m })) }));
  return { ...draft, t };
}

export function infoOf(upload: Upload): Record<string, unknown> {
  return {
    filename: upload.filename,
    file_type: upload.fileType,
    duration: upload.durationSeconds,
    width: upload.width,
    height: upload.height,
    fps: upload.fps,
    hash: upload.sha256,
  };
}
