import { chance } from "../faults/chance.ts";
import type { Draft, Segment } from "../draft.ts";
import { inLine, trackKind, trackOf } from "../draft.ts";
import type { Edit } from "./edit.ts";

const titleMs = 3000;

/** Applies edits one after another; `changed` names those that made a difference. */
export function editDraft(draft: Draft, edits: readonly Edit[]): { draft: Draft; changed: Edit["kind"][] } {
  const changed: Edit["kind"][] = [];
  let current = fit(draft);
  for (const edit of edits) {
    const next = fit(apply(current, edit));
    if (JSON.stringify(next) !== JSON.stringify(current)) changed.push(edit.kind);
    current = next;
  }
  return { draft: current, changed };
}

function apply(draft: Draft, edit: Edit): Draft {
  const { look } = draft.m;
  switch (edit.kind) {
    case "length":
      return lasting(draft, Math.round(edit.seconds * 1000));
    case "speed":
      return {
        ...lasting(draft, Math.max(200, Math.round(draft.d / edit.factor))),
        m: withLook(draft, { speed: round(look.speed * edit.factor) }),
      };
    case "aspect":
      return { ...draft, m: { ...draft.m, width: edit.width, height: edit.height } };
    case "title":
      return withTrack(titled(draft, edit.text), trackKind.text, [titleSegment(draft, edit.text)]);
    case "title-seconds":
      return mapTrack(draft, trackKind.text, (segment) => ({
        ...segment,
        d: Math.round(edit.seconds * 1000),
      }));
    case "no-title":
      return withTrack(draft, trackKind.text, []);
    case "music":
      return edit.on ? withMusic(draft, "Lo-fi") : withTrack(draft, trackKind.audio, []);
    case "mood":
      return mapTrack(draft, trackKind.audio, (segment) => ({
        ...segment,
        m: { ...segment.m, name: edit.name },
      }));
    case "volume":
      return withVolume(withMusic(draft, "Lo-fi"), () => edit.volume);
    case "louder":
      return withVolume(draft, (volume) => round(Math.min(1, Math.max(0.05, volume + edit.step))));
    case "reverse":
      return ordered(draft, (shots) => shots.toReversed());
    case "shuffle":
      return ordered(draft, (shots) => shots.toSorted((a, b) => lot(a) - lot(b)));
    case "move":
      return ordered(draft, (shots) => moved(shots, edit));
    case "zoom":
      return { ...draft, m: withLook(draft, { zoom: edit.on }) };
    case "transitions":
      return { ...draft, m: withLook(draft, { transitions: edit.on }) };
    case "warmth":
      return { ...draft, m: withLook(draft, { warmth: within3(look.warmth + edit.step) }) };
    case "brightness":
      return { ...draft, m: withLook(draft, { brightness: within3(look.brightness + edit.step) }) };
  }
}

/** Stretches or trims the pictures to this length, each keeping its share, to the millisecond. */
function lasting(draft: Draft, d: number): Draft {
  const shots = trackOf(draft, trackKind.video)?.sg ?? [];
  const before = shots.reduce((sum, shot) => sum + shot.d, 0);
  let used = 0;
  const scaled: Segment[] = [];
  for (const shot of shots) {
    const last = scaled.length === shots.length - 1;
    const length = last ? d - used : Math.round((shot.d / Math.max(1, before)) * d);
    used += length;
    scaled.push({ ...shot, d: length });
  }
  return { ...withTrack(draft, trackKind.video, inLine(scaled)), d };
}

/** Music lasts as long as the pictures, and no title outlasts them. */
function fit(draft: Draft): Draft {
  const song = mapTrack(draft, trackKind.audio, (segment) => ({ ...segment, s: 0, d: draft.d }));
  return mapTrack(song, trackKind.text, (segment) => ({ ...segment, d: Math.min(segment.d, draft.d) }));
}

function withMusic(draft: Draft, name: string): Draft {
  if ((trackOf(draft, trackKind.audio)?.sg.length ?? 0) > 0) return draft;
  return withTrack(draft, trackKind.audio, [{ s: 0, d: draft.d, m: { name, volume: 0.35, kind: "music" } }]);
}

function withVolume(draft: Draft, change: (volume: number) => number): Draft {
  return mapTrack(draft, trackKind.audio, (segment) => ({
    ...segment,
    m: { ...segment.m, volume: change(segment.m.volume ?? 1) },
  }));
}

function titleSegment(draft: Draft, text: string): Segment {
  const old = trackOf(draft, trackKind.text)?.sg[0];
  return { s: 0, d: Math.min(old?.d ?? titleMs, draft.d), m: { name: "Title", text } };
}

function titled(draft: Draft, title: string): Draft {
  return { ...draft, m: { ...draft.m, title } };
}

/** Replaces a track, or takes it out when nothing is left on it. */
function withTrack(draft: Draft, tt: number, sg: Segment[]): Draft {
  const others = draft.t.filter((track) => track.tt !== tt);
  const t = sg.length === 0 ? others : [...others, { tt, sg }].toSorted((a, b) => a.tt - b.tt);
  return { ...draft, t };
}

function mapTrack(draft: Draft, tt: number, change: (segment: Segment) => Segment): Draft {
  return {
    ...draft,
    t: draft.t.map((track) => (track.tt === tt ? { ...track, sg: track.sg.map(change) } : track)),
  };
}

function ordered(draft: Draft, order: (shots: Segment[]) => Segment[]): Draft {
  return withTrack(draft, trackKind.video, inLine(order([...(trackOf(draft, trackKind.video)?.sg ?? [])])));
}

function moved(shots: readonly Segment[], edit: Extract<Edit, { kind: "move" }>): Segment[] {
  const { which } = edit;
  const shot =
    typeof which === "number"
      ? shots.at(which > 0 ? which - 1 : which)
      : shots.find(({ m }) => m.name.toLowerCase().includes(which.toLowerCase()));
  if (shot === undefined) return [...shots];
  const others = shots.filter((other) => other !== shot);
  return edit.to === "first" ? [shot, ...others] : [...others, shot];
}

function withLook(draft: Draft, look: Partial<Draft["m"]["look"]>): Draft["m"] {
  return { ...draft.m, look: { ...draft.m.look, ...look } };
}

const within3 = (value: number): number => Math.min(3, Math.max(-3, value));
const round = (value: number): number => Math.round(value * 100) / 100;
const lot = (shot: Segment): number => chance(shot.m.source ?? shot.m.name);
