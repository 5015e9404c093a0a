import type { Draft, Segment } from "../draft.ts";
import { inLine, trackKind } from "../draft.ts";
import type { Upload } from "../state/sessions.ts";
import type { Edit } from "./edit.ts";
import { editDraft } from "./edit-draft.ts";

export interface Brief {
  uploads: readonly Upload[];
  edits: readonly Edit[];
  /** What the video is about, for a scene that is drawn. */
  subject: string;
}

const stillMs = 5000;
const sceneMs = 10_000;

/** The raw clip: pictures in a line, and the songs that were uploaded. Music and title come with the second stage. */
export function buildDraft(brief: Brief): Draft {
  const pictures = brief.uploads.filter((upload) => upload.fileType !== "audio");
  const shots = pictures.length > 0 ? pictures.map(shotOf) : sceneShots(brief.subject);
  const line = inLine(shots);
  const d = line.reduce((sum, segment) => sum + segment.d, 0);
  const draft: Draft = {
    t: [{ tt: trackKind.video, sg: line }],
    d,
    m: { title: brief.subject, width: 1920, height: 1080, look: plainLook() },
  };
  const early = brief.edits.filter(
    (edit) =>
      !["title", "title-seconds", "no-title", "music", "volume", "louder", "mood"].includes(edit.kind),
  );
  return editDraft(draft, early).draft;
}

/** What the service adds by itself a moment later: music and a title, as the prompt asked or as it likes. */
export function finishDraft(draft: Draft, brief: Brief): Draft {
  const song = brief.uploads.find((upload) => upload.fileType === "audio");
  const quiet = brief.edits.some((edit) => edit.kind === "music" && !edit.on);
  const wanted: Edit[] = [];
  if (!quiet) wanted.push({ kind: "music", on: true });
  if (!brief.edits.some((edit) => edit.kind === "no-title" || edit.kind === "title")) {
    wanted.push({ kind: "title", text: brief.subject });
  }
  const late = brief.edits.filter((edit) =>
    ["title", "title-seconds", "volume", "louder", "mood"].includes(edit.kind),
  );
  const finished = editDraft(draft, [...wanted, ...late]).draft;
  return song === undefined || quiet ? finished : withSong(finished, song);
}

/** The draft with another song in place of its music. */
export function withSong(draft: Draft, song: Upload): Draft {
  const t = draft.t.map((track) =>
    track.tt === trackKind.audio
      ? {
          ...track,
          sg: track.sg.map((segment) => ({
            ...segment,
            m: {
              ...segment.m,
              name: stem(song.filename),
              source: song.id,
              kind: "song" as const,
              volume: 0.8,
            },
          })),
        }
      : track,
  );
  return { ...draft, t };
}

/** The draft with more pictures at its end. */
export function withMoreShots(draft: Draft, uploads: readonly Upload[]): Draft {
  const shots = uploads.filter((upload) => upload.fileType !== "audio").map(shotOf);
  const t = draft.t.map((track) =>
    track.tt === trackKind.video ? { ...track, sg: inLine([...track.sg, ...shots]) } : track,
  );
  const d = draft.d + shots.reduce((sum, shot) => sum + shot.d, 0);
  return editDraft({ ...draft, t, d }, []).draft;
}

function shotOf(upload: Upload): Segment {
  const d = upload.fileType === "video" ? Math.max(500, Math.round(upload.durationSeconds * 1000)) : stillMs;
  const kind = upload.fileType === "video" ? "clip" : "still";
  const volume = upload.hasSound ? { volume: 1 } : {};
  return { s: 0, d, m: { name: stem(upload.filename), source: upload.id, kind, ...volume } };
}

function sceneShots(subject: string): Segment[] {
  return [{ s: 0, d: sceneMs, m: { name: subject, kind: "scene" } }];
}

function stem(filename: string): string {
  return filename.replace(/\.[^.]*$/, "");
}

function plainLook(): Draft["m"]["look"] {
  return { transitions: true, zoom: true, warmth: 0, brightness: 0, speed: 1 };
}
