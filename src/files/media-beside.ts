import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { countOf } from "../base/count-of.ts";
import { nearMiss } from "../base/near-miss.ts";
import { naturalOrder } from "../base/natural-order.ts";
import { listNames } from "./list-names.ts";
import { extensionOf, isMediaName } from "./media-types.ts";

const maxFolders = 50;

/** Where media are that a path without a match may have meant, as a sentence with a glob; undefined where nowhere near. */
export async function mediaBeside(shown: string, dir: string): Promise<string | undefined> {
  const parts = shown.split(/[\\/]/).slice(0, -1);
  const firstGlob = parts.findIndex((part) => /[*?[{]/.test(part));
  const folder = firstGlob === -1 ? parts : parts.slice(0, firstGlob);
  const inside = await foldersIn(folder, dir);
  if (inside !== undefined) return (await firstWithMedia(folder, inside, dir)) ?? noMediaIn(folder, dir);
  const parent = folder.slice(0, -1);
  const beside = await foldersIn(parent, dir);
  if (beside === undefined) return undefined;
  const near = nearMiss(folder.at(-1) ?? "", beside);
  const order = near === undefined ? beside : [near, ...beside];
  const found = await firstWithMedia(parent, order, dir);
  const guess = near === undefined ? undefined : `did you mean ${[...parent, near].join("/")}/?`;
  const next = found ?? guess;
  return next === undefined ? undefined : `there is no folder ${folder.join("/")}/: ${next}`;
}

/** Undefined where there are some, of another name. */
async function noMediaIn(parts: readonly string[], dir: string): Promise<string | undefined> {
  if ((await listNames(absolute(parts, dir))).some(isMediaName)) return undefined;
  const where = parts.length === 0 ? "the folder" : `${parts.join("/")}/`;
  return `${where} holds no picture, clip or sound: put some there, or name a folder that does`;
}

/** Undefined where the folder cannot be read. */
async function foldersIn(parts: readonly string[], dir: string): Promise<string[] | undefined> {
  const entries = await readdir(absolute(parts, dir), { withFileTypes: true }).catch(() => undefined);
  const folders = entries?.filter(
    (entry) => entry.isDirectory() && !/^\.|^node_modules$|^out$/.test(entry.name),
  );
  return folders
    ?.map(({ name }) => name)
    .sort(naturalOrder)
    .slice(0, maxFolders);
}

async function firstWithMedia(
  parent: readonly string[],
  names: readonly string[],
  dir: string,
): Promise<string | undefined> {
  for (const name of names) {
    const parts = [...parent, name];
    const media = (await listNames(absolute(parts, dir))).filter(isMediaName);
    const extension = extensionOf(media[0] ?? "");
    const alike = media.filter((one) => extensionOf(one) === extension);
    if (alike.length === 0) continue;
    const what = /^(?:jpe?g|png|webp|gif|hei[cf])$/.test(extension) ? "picture" : "file";
    const shown = parts.join("/");
    const written = (alike[0] ?? "").split(".").at(-1) ?? extension;
    return `${shown}/ holds ${countOf(alike.length, what)}: ${shown}/*.${written}`;
  }
  return undefined;
}

/** An empty first part is the root of an absolute path. */
function absolute(parts: readonly string[], dir: string): string {
  return resolve(dir, parts.length === 1 && parts[0] === "" ? "/" : parts.join("/"));
}
