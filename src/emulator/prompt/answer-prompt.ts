import type { Draft } from "../draft.ts";
import { draftOf, type Session } from "../state/sessions.ts";
import { type Brief, buildDraft, finishDraft, withMoreShots, withSong } from "./build-draft.ts";
import type { Edit } from "./edit.ts";
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
  /^\W*(?:(?:hi|hello|hey|thanks|thank you|help|what can you do|who are you)\b.{0,24}|(?:你好|您好|谢谢).{0,8})$/iu;
const anew =
  /\b(?:make|create|generate|build|produce)(?: me)? (?:an?|another|one)\b.*\b(?:video|clip|slideshow|film|movie|reel|promo|animation)s? (?:of|about|showing|from|with)\b|(?:制作|生成|创建)[一新]?(?:个|段|条|支).*(?:视频|短片|影片)/i;
const undoing =
  /^\W*(?:please )?(?:undo|revert)(?: (?:that|it|this|(?:the|my) last (?:change|edit|step)))?(?: and .*before.*)?\W*$|^(?:请)?(?:撤销|撤回)(?:上一?次|上一步|刚才)?的?(?:修改|操作|改动)?(?:，.*之前.*)?[。！]?$/i;
const appending = /\b(?:add|append|insert)\b|加上|添加|插入/i;

/** What the service makes of a prompt in this session, as it stands. Pure: nothing is stored or charged. */
export function answerPrompt(session: Session, prompt: string): Answer {
  const edits = readPrompt(prompt);
  const draft = draftOf(session);
  if (draft === undefined) {
    const uploads = session.uploads;
    if (talk.test(prompt) && uploads.length === 0) return { outcome: "answered", price: 0, changed: [] };
    return build({ uploads, edits, subject: subjectOf(prompt, uploads.length > 0) });
  }
  if (undoing.test(prompt)) return undo(session);
  const fresh = freshUploads(session);
  if (fresh.length > 0) return takeIn({ draft, fresh, edits, prompt });
  if (anew.test(prompt)) {
    return build({ uploads: session.uploads, edits, subject: subjectOf(prompt, session.uploads.length > 0) });
  }
  return edit(draft, draft, edits);
}

/** The draft as it stood when the last edit was asked for. */
function undo({ turns, versions }: Session): Answer {
  const last = turns.findLast(({ outcome }) => outcome !== "answered");
  const before =
    last?.outcome === "edited"
      ? versions.findLast(({ atMs }) => atMs <= last.acceptedAtMs)?.draft
      : undefined;
  return before === undefined
    ? { outcome: "answered", price: 0, changed: [] }
    : { outcome: "edited", price: prices.edit, draft: before, changed: ["undo"] };
}

/** New files since the last video: a song replaces the music, pictures are added when that is asked, else begin anew. */
function takeIn(turn: { draft: Draft; fresh: Session["uploads"]; edits: Edit[]; prompt: string }): Answer {
  const { draft, fresh, edits } = turn;
  const song = fresh.find((upload) => upload.fileType === "audio");
  const pictures = fresh.filter((upload) => upload.fileType !== "audio");
  if (pictures.length > 0 && !appending.test(turn.prompt)) {
    return build({ uploads: fresh, edits, subject: subjectOf(turn.prompt, true) });
  }
  const longer = withMoreShots(draft, pictures);
  const sung =
    song === undefined ? longer : withSong(editDraft(longer, [{ kind: "music", on: true }]).draft, song);
  return edit(draft, sung, edits);
}

function edit(before: Draft, draft: Draft, edits: readonly Edit[]): Answer {
  const edited = editDraft(draft, edits);
  const changed: string[] = draft === before ? edited.changed : ["media", ...edited.changed];
  if (changed.length === 0) return { outcome: "answered", price: 0, changed: edits.map(({ kind }) => kind) };
  return { outcome: "edited", price: prices.edit, draft: edited.draft, changed };
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

function freshUploads(session: Session): Session["uploads"] {
  const usedAtMs = session.turns.findLast(({ outcome }) => outcome !== "answered")?.acceptedAtMs ?? 0;
  return session.uploads.filter((upload) => upload.atMs > usedAtMs);
}
