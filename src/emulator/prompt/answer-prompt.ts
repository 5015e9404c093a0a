import type { Draft } from "../draft.ts";
import { draftOf, type Session } from "../state/sessions.ts";
import { buildDraft, finishDraft, type Brief } from "./build-draft.ts";
import { editDraft } from "./edit-draft.ts";
import { readPrompt } from "./prompt-rules.ts";
import { subjectOf } from "./subject-of.ts";

export interface Answer {
  outcome: "built" | "edited" | "answered";
  /** Credits. */
  price: number;
  /** The draft right after the work, and the one of the second stage. */
  draft?: Draft;
  finished?: Draft;
  /** What was done, as rule names; empty when nothing was understood. */
  changed: string[];
}

/** Made up from the published figures: a clip about 100, an editing session about 50. */
export const prices = { textToVideo: 100, mediaToVideo: 50, edit: 5 } as const;

const talk =
  /^\W*(?:hi|hello|hey|thanks|thank you|help|what can you do|who are you|你好|谢谢|您好)\b.{0,24}$/i;
const anew =
  /\b(?:make|create|generate|build|produce|turn|animate)\b.*\b(?:an?|another|new|into)\b.*\b(?:video|clip|slideshow|film|movie|reel|promo|animation)\b|(?:做|制作|生成|变成|创建)(?:成)?[一新]?(?:个|段|条|支)?.*(?:视频|短片|幻灯片|影片)/i;
const appending = /\b(?:add|append|insert)\b|加上|添加|插入/i;

/** What the service makes of a prompt in this session, as it stands. Pure: nothing is stored or charged. */
export function answerPrompt(session: Session, prompt: string): Answer {
  const edits = readPrompt(prompt);
  const draft = draftOf(session);
  const fresh = freshUploads(session, draft);
  if (
    draft === undefined ? !talk.test(prompt) : anew.test(prompt) || (fresh.length > 0 && edits.length === 0)
  ) {
    const uploads = fresh.length > 0 && !appending.test(prompt) ? fresh : session.uploads;
    return build({ uploads, edits, subject: subjectOf(prompt, uploads.length > 0) });
  }
  if (draft === undefined || edits.length === 0) return { outcome: "answered", price: 0, changed: [] };
  const edited = editDraft(draft, edits);
  if (edited.changed.length === 0)
    return { outcome: "answered", price: 0, changed: edits.map(({ kind }) => kind) };
  return { outcome: "edited", price: prices.edit, draft: edited.draft, changed: edited.changed };
}

function build(brief: Brief): Answer {
  const draft = buildDraft(brief);
  const seen = brief.uploads.some((upload) => upload.fileType !== "audio");
  return {
    outcome: "built",
    price: seen ? prices.mediaToVideo : prices.textToVideo,
    draft,
    finished: finishDraft(draft, brief),
    changed: brief.edits.map(({ kind }) => kind),
  };
}

function freshUploads(session: Session, draft: Draft | undefined): Session["uploads"] {
  if (draft === undefined) return session.uploads;
  const builtAtMs = session.turns.findLast(({ outcome }) => outcome === "built")?.acceptedAtMs ?? 0;
  return session.uploads.filter((upload) => upload.atMs > builtAtMs);
}
