import { cleanLine } from "../../base/clean-text.ts";
import type { Draft } from "../../job/media.ts";
import { timelineChanges, type ChangedItem, type TimelineChange } from "../../job/timeline-changes.ts";
import type { Words } from "./words/words.ts";

const mostItems = 4;

/** What a turn did to the timeline, a line each; said also where the service said nothing. */
export function changeLines(before: Draft | undefined, after: Draft, words: Words): string[] {
  const changes = timelineChanges(before?.timeline, after.timeline);
  if (changes.length === 0) return [words.onlyLook];
  return [words.changed, ...changes.map((change) => `  ${changeText(change, words)}`)];
}

function changeText(change: TimelineChange, words: Words): string {
  switch (change.what) {
    case "duration":
      return words.duration(seconds(change.fromMs), seconds(change.toMs));
    case "size":
      return words.size(change.from, change.to);
    case "added":
      return words.added(itemsText(change, words));
    case "removed":
      return words.removed(itemsText(change, words));
    case "replaced":
      return words.replaced(words.kinds[change.kind], named(change.from), named(change.to));
    case "volume":
      return words.volume(named(change.name), percent(change.from), percent(change.to));
    case "moved":
      return words.moved(`${words.kinds[change.kind]} ${itemText(change.item)}`);
    case "order":
      return words.order(change.names.map(named).join(", "));
  }
}

function itemsText(
  { kind, items }: { readonly kind: keyof Words["kinds"]; readonly items: readonly ChangedItem[] },
  words: Words,
): string {
  const shown = items.slice(0, mostItems).map(itemText).join(", ");
  const more = items.length > mostItems ? `, … +${items.length - mostItems}` : "";
  return `${words.kinds[kind]} ${shown}${more}`;
}

const itemText = ({ name, startMs, endMs }: ChangedItem): string =>
  `${named(name)} (${number(startMs)}–${seconds(endMs)})`.trim();
const named = (name: string): string => (name === "" ? "" : `"${cleanLine(name, 60)}"`);
const number = (ms: number): string => String(Math.round(ms / 100) / 10);
const seconds = (ms: number): string => `${number(ms)} s`;
const percent = (share: number): string => `${Math.round(share * 100)} %`;
