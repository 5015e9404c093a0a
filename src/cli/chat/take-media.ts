import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { nearMiss } from "../../base/near-miss.ts";
import { listNames } from "../../files/list-names.ts";
import { pathKind } from "../../files/path-kind.ts";
import type { FoundFile } from "../../plan/planned-job.ts";
import type { LineMedia } from "../../recipe/recipe-line.ts";
import { isUpload } from "./asked-for.ts";
import { pathTokens, type PathToken } from "./path-tokens.ts";
import type { Room } from "./room.ts";

/** A message with its files taken out. */
export interface TakenMedia {
  /** What is left to say, with names in place of paths; empty where the message only brings files. */
  readonly text: string;
  readonly media: readonly LineMedia[];
  /** Files among `media`, with what is known of them. */
  readonly files: readonly FoundFile[];
  readonly mistakes: readonly MediaMistake[];
}

export type MediaMistake =
  | { readonly kind: "missing"; readonly path: string; readonly near?: string }
  | { readonly kind: "empty-folder"; readonly path: string }
  | { readonly kind: "refused"; readonly message: string; readonly hint?: string }
  /** What was uploaded under this path was another file: a recipe could not tell the two apart. */
  | { readonly kind: "changed"; readonly path: string };

interface Found {
  readonly token: PathToken;
  readonly media: readonly LineMedia[];
  readonly files: readonly FoundFile[];
  readonly mistakes: readonly MediaMistake[];
}

/** Finds the files, folders, globs and addresses that a message names. Reads files; uploads nothing. */
export async function takeMedia(
  room: Room,
  message: string,
  paths: readonly string[] = [],
): Promise<TakenMedia> {
  const { io } = room.call;
  const whole = await wholePath(room, message);
  const named = paths.map((value): PathToken => ({
    value,
    start: 0,
    end: 0,
    kind: /^https?:/i.test(value) ? "url" : "path",
    isSure: true,
  }));
  const tokens = [
    ...named,
    ...(whole === undefined ? pathTokens(message, io.platform === "win32") : [whole]),
  ];
  const isAlone = tokens.every(({ kind }) => kind === "url") && withoutTokens(message, tokens) === "";
  const found: Found[] = [];
  for (const token of tokens) {
    const one = token.kind === "url" ? urlOf(token, isAlone) : await lookFor(token, room);
    if (one !== undefined) found.push(one);
  }
  const text = sayWithNames(message, found);
  return {
    text: isUpload(text) || /^[\s.,;:!，。]*$/.test(text) ? "" : text,
    media: found.flatMap(({ media }) => media),
    files: found.flatMap(({ files }) => files),
    mistakes: found.flatMap(({ mistakes }) => mistakes),
  };
}

/** Some terminals drop a path with its blanks as they are. */
async function wholePath({ call: { io } }: Room, message: string): Promise<PathToken | undefined> {
  const value = message.trim();
  if (!/\s/.test(value) || !/[\\/]|\.\w+$/.test(value) || value.length > 4096 || value.includes("\n"))
    return undefined;
  if ((await pathKind(absolute(value, io))) === undefined) return undefined;
  const start = message.indexOf(value);
  return { value, start, end: start + value.length, kind: "path", isSure: true };
}

/** An address in a sentence is a file only where it looks like one: it may as well be shown in the video. */
function urlOf(token: PathToken, isAlone: boolean): Found | undefined {
  const isMedia =
    URL.canParse(token.value) &&
    /\.(?:mp4|mov|avi|webm|mkv|jpe?g|png|gif|webp|mp3|wav|m4a|aac)$/i.test(new URL(token.value).pathname);
  if (!isMedia && !isAlone) return undefined;
  return { token, media: [{ kind: "url", url: token.value }], files: [], mistakes: [] };
}

async function lookFor(token: PathToken, room: Room): Promise<Found | undefined> {
  const { io } = room.call;
  const path = absolute(token.value, io);
  const { files, refused } = await room.files.look(path);
  const mistakes: MediaMistake[] = refused.map(({ message, hint, shownPath }) => ({
    kind: "refused",
    message: message.includes(shownPath) ? message : `${token.value}: ${message}`,
    ...(hint !== undefined && { hint }),
  }));
  const changed = files.find((file) => room.files.isChanged(file));
  if (changed !== undefined) mistakes.push({ kind: "changed", path: changed.shownPath });
  if (files.length === 0 && refused.length === 0) {
    const kind = await pathKind(path);
    if (kind === "folder" && !token.isSure && !/^[.~\\/]/.test(token.value)) return undefined;
    if (kind === "folder") mistakes.push({ kind: "empty-folder", path: token.value });
    else if (!token.isSure) return undefined;
    else mistakes.push(await missing(token.value, path));
  }
  const media = files.map(({ path }): LineMedia => ({ kind: "file", path }));
  return { token, media, files, mistakes };
}

/** Near by name in its folder, or in a folder of nearly its folder's name. */
async function missing(shown: string, path: string): Promise<MediaMistake> {
  const [name, folder] = [basename(path), dirname(path)];
  const near = nearMiss(name, await listNames(folder));
  const start = shown.slice(0, shown.length - basename(shown).length);
  if (near !== undefined) return { kind: "missing", path: shown, near: `${start}${near}` };
  const other = nearMiss(basename(folder), await listNames(dirname(folder)));
  const isThere = other !== undefined && (await listNames(join(dirname(folder), other))).includes(name);
  const above = start.slice(0, start.length - 1 - basename(folder).length);
  return { kind: "missing", path: shown, ...(isThere && { near: `${above}${other}/${name}` }) };
}

/** Paths at the beginning were dropped there and go; elsewhere a name takes the place of a path. */
function sayWithNames(message: string, found: readonly Found[]): string {
  if (found.length === 0) return message.trim();
  let text = "";
  let at = 0;
  for (const { token, media } of found) {
    text += message.slice(at, token.start);
    if (text.trim() !== "") text += nameOf(media, token, message);
    at = token.end;
  }
  return (text + message.slice(at)).replace(/[ \t]{2,}/g, " ").trim();
}

function nameOf(media: readonly LineMedia[], { value }: PathToken, message: string): string {
  const names = media.map((one) => basename(one.kind === "file" ? one.path : new URL(one.url).pathname));
  if (names.length === 0) return value;
  if (names.length <= 3) return names.join(", ");
  return /\p{Script=Han}/u.test(message) ? `这${names.length}个文件` : `the ${names.length} files`;
}

function withoutTokens(message: string, tokens: readonly PathToken[]): string {
  return [...tokens]
    .reverse()
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), message)
    .trim();
}

function absolute(value: string, { cwd, home }: Room["call"]["io"]): string {
  if (/^file:\/\//i.test(value)) {
    try {
      return fileURLToPath(value);
    } catch {
      return resolve(cwd, value);
    }
  }
  return resolve(
    cwd,
    value.replace(/^~(?=[\\/]|$)/, () => home),
  );
}
