import * as z from "zod";
import type { Converted } from "../convert.ts";
import { convert } from "../convert.ts";
import type { WatchBlock } from "../recipe.ts";
import { kindSchemas } from "./kind-schemas.ts";
import { choice, leaf, plain, templated } from "./leaf.ts";
import { fields, listOf } from "./shapes.ts";

/** As written: durations in milliseconds under the words of the recipe. */
export interface WatchData extends Omit<WatchBlock, "settleMs" | "quietMs" | "place"> {
  readonly settle: number;
  readonly quiet: number;
}

const globs = (description: string, examples: readonly string[]): z.ZodType<string[]> =>
  listOf(plain("text", { description: "A glob." }), { description, examples: [examples] });

const folder = (description: string): z.ZodType<string> => plain("text", { description });

export const watchSchema: z.ZodType<WatchData> = fields(
  {
    folder: z.exactOptional(
      templated("text", {
        description: "The folder to watch, from the recipe's folder. Needed unless `--folder` is given.",
        examples: ["inbox"],
      }),
    ),
    include: z.exactOptional(
      globs("Which files. Default: the media that the service takes, and HEIC.", ["*.jpg", "*.png"]),
    ),
    ignore: globs("Which files not, besides dotfiles and temporary names.", ["*.draft.mp4"]).default([]),
    recursive: plain("boolean", { description: "Whether folders in the folder are watched too." }).prefault(
      true,
    ),
    group: choice(["file", "folder", "burst"], {
      description:
        "`file`: a job per file. `folder`: one per direct subfolder. `burst`: all files new since the last.",
    }).prefault("file"),
    settle: plain("durationMs", {
      description: "A file is ready when it has not changed for this long (10s on network drives).",
    }).prefault("2s"),
    quiet: plain("durationMs", {
      description: "For `folder` and `burst`: nothing new for this long.",
    }).prefault("1m"),
    max: plain("count", { description: "Most files in a group; more start another job." }).prefault(100),
    existing: choice(["process", "skip"], {
      description: "What to do with files that are there at the start.",
    }).prefault("process"),
    poll: leaf(
      readPoll,
      { anyOf: [{ type: "string", enum: ["auto", "never"] }, kindSchemas.durationMs] },
      { description: "`auto` polls on network file systems; or an interval; or `never`." },
    ).prefault("auto"),
    after: choice(["keep", "move", "delete"], {
      description:
        "What becomes of a file: `move` to `done` and `failed`; `delete` only after a verified delivery.",
    }).prefault("keep"),
    done: z.exactOptional(folder("Where delivered files go. Default: `done` in the folder.")),
    failed: z.exactOptional(folder("Where files of failed jobs go. Default: `failed` in the folder.")),
  },
  { title: "Watch", description: "What `watch` does with this recipe." },
);

function readPoll(raw: unknown): Converted<WatchBlock["poll"]> {
  if (raw === "auto" || raw === "never") return { value: raw };
  const read = convert("durationMs", raw);
  if ("value" in read && read.value > 0) return { value: { everyMs: read.value } };
  const message = "must be `auto`, `never`, or a duration such as `5s`";
  return "value" in read ? { message } : { ...read, message };
}
