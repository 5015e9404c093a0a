import type { Hash } from "../base/hash.ts";
import type { Paths } from "./paths.ts";
import type { Media } from "./planned-job.ts";
import type { Input } from "../recipe/recipe.ts";

/** One file or URL that a job uploads, and the entry of the recipe that asked for it. */
export interface FoundInput {
  readonly media: Media;
  readonly source: Input;
  /** The entry's `name`, where it has one. */
  readonly name?: string;
}

/** What templates see as `input`. */
export interface InputFacts {
  /** From the recipe's folder where it lies there, with slashes; else absolute; a URL as it is. */
  readonly path: string;
  readonly name: string;
  readonly stem: string;
  /** Without the dot; empty where there is none. */
  readonly ext: string;
  /** From 1. */
  readonly index: number;
  /** SHA-256 of the bytes, of a URL's text. */
  readonly hash: string;
}

export function inputFacts(
  input: FoundInput,
  index: number,
  { paths, hash }: { readonly paths: Paths; readonly hash: Hash },
): InputFacts {
  const { media, source } = input;
  const fileName = media.kind === "file" ? media.file.name : nameInUrl(media.url);
  const dot = fileName.lastIndexOf(".");
  return {
    path:
      media.kind === "url"
        ? media.url
        : slashed(paths.within(source.dir, media.file.path) ?? media.file.path),
    name: input.name ?? fileName,
    stem: dot > 0 ? fileName.slice(0, dot) : fileName,
    ext: dot > 0 ? fileName.slice(dot + 1) : "",
    index,
    get hash() {
      return media.kind === "file" ? media.file.sha256 : hash(media.url);
    },
  };

  function slashed(path: string): string {
    return paths.windows ? path.replaceAll("\\", "/") : path;
  }
}

function nameInUrl(url: string): string {
  const path = url.replace(/^[a-z]+:\/\//i, "").replace(/[?#].*$/s, "");
  const last = path.split("/").findLast((part) => part !== "") ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
