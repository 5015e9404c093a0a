import type { Segment, Timeline, Track } from "./media.ts";

type Kind = Track["kind"];

/** One thing that a turn changed on the timeline. Times in milliseconds, volume from 0 to 1. */
export type TimelineChange =
  | { readonly what: "duration"; readonly fromMs: number; readonly toMs: number }
  | { readonly what: "size"; readonly from: string; readonly to: string }
  | { readonly what: "added" | "removed"; readonly kind: Kind; readonly items: readonly ChangedItem[] }
  | { readonly what: "replaced"; readonly kind: Kind; readonly from: string; readonly to: string }
  | { readonly what: "volume"; readonly name: string; readonly from: number; readonly to: number }
  | { readonly what: "moved"; readonly kind: Kind; readonly item: ChangedItem }
  | { readonly what: "order"; readonly kind: Kind; readonly names: readonly string[] };

export interface ChangedItem {
  /** What it is called or says; empty where it has no name. */
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
}

const kinds: readonly Kind[] = ["video", "audio", "text", "other"];

/** What differs between two timelines, the most telling first. Empty where they look alike: a look may still differ. */
export function timelineChanges(before: Timeline | undefined, after: Timeline): TimelineChange[] {
  const changes: TimelineChange[] = [];
  if (before !== undefined && before.durationMs !== after.durationMs && before.durationMs > 0)
    changes.push({ what: "duration", fromMs: before.durationMs, toMs: after.durationMs });
  const [from, to] = [sizeOf(before), sizeOf(after)];
  if (from !== undefined && to !== undefined && from !== to) changes.push({ what: "size", from, to });
  const isRetimed = before !== undefined && before.durationMs !== after.durationMs;
  for (const kind of kinds)
    changes.push(...changesOf(kind, segmentsOf(kind, before), { after: segmentsOf(kind, after), isRetimed }));
  return changes;
}

function changesOf(
  kind: Kind,
  before: readonly Segment[],
  { after, isRetimed }: { readonly after: readonly Segment[]; readonly isRetimed: boolean },
): TimelineChange[] {
  const removed = without(before, after);
  const added = without(after, before);
  const [gone, come] = [removed[0], added[0]];
  if (gone !== undefined && come !== undefined && removed.length === 1 && added.length === 1)
    return [
      { what: "replaced", kind, from: nameOf(gone), to: nameOf(come) },
      ...kept(kind, before, { after, isRetimed }),
    ];
  const changes: TimelineChange[] = [];
  if (removed.length > 0) changes.push({ what: "removed", kind, items: removed.map(itemOf) });
  if (added.length > 0) changes.push({ what: "added", kind, items: added.map(itemOf) });
  const names = after.map(nameOf);
  const isSorted = names.every((name, index) => name === nameOf(before[index] ?? {}));
  if (changes.length === 0 && before.length > 1 && !isSorted) return [{ what: "order", kind, names }];
  return [...changes, ...kept(kind, before, { after, isRetimed })];
}

/** What differs in what stands on both. That pictures last longer is said by the whole's duration. */
function kept(
  kind: Kind,
  before: readonly Segment[],
  { after, isRetimed }: { readonly after: readonly Segment[]; readonly isRetimed: boolean },
): TimelineChange[] {
  return after.flatMap((now): TimelineChange[] => {
    const was = before.find((other) => nameOf(other) === nameOf(now));
    if (was === undefined) return [];
    const changes: TimelineChange[] = [];
    if (was.volume !== undefined && now.volume !== undefined && was.volume !== now.volume)
      changes.push({ what: "volume", name: nameOf(now), from: was.volume, to: now.volume });
    const isElsewhere = was.startMs !== now.startMs || was.durationMs !== now.durationMs;
    if (isElsewhere && !isRetimed) changes.push({ what: "moved", kind, item: itemOf(now) });
    return changes;
  });
}

/** Each of `left` that no segment of the same name in `right` stands for. */
function without(left: readonly Segment[], right: readonly Segment[]): Segment[] {
  const rest = right.map(nameOf);
  return left.filter((segment) => {
    const index = rest.indexOf(nameOf(segment));
    if (index !== -1) rest.splice(index, 1);
    return index === -1;
  });
}

function segmentsOf(kind: Kind, timeline: Timeline | undefined): readonly Segment[] {
  return (timeline?.tracks ?? []).flatMap((track) => (track.kind === kind ? track.segments : []));
}

function sizeOf(timeline: Timeline | undefined): string | undefined {
  const { width, height } = timeline ?? {};
  return width === undefined || height === undefined ? undefined : `${width}×${height}`;
}

const nameOf = ({ text, name }: Pick<Segment, "text" | "name">): string => text ?? name ?? "";

function itemOf(segment: Segment): ChangedItem {
  const { startMs, durationMs } = segment;
  return { name: nameOf(segment), startMs, endMs: startMs + durationMs };
}
