import { basename, dirname, join } from "node:path";
import { assert } from "../base/assert.ts";
import type { Clock } from "../base/clock.ts";
import type { Delivery } from "../executor/ports.ts";
import { diskFailure } from "./disk-failure.ts";
import { judgeDelivery } from "./judge-delivery.ts";
import { fileWindow } from "./media/byte-window.ts";
import { PartialFile } from "./partial-file.ts";
import { placeFile } from "./place-file.ts";
import { realFolder } from "./real-folder.ts";

export interface DeliveryTarget {
  /** Absolute path of the file to come. */
  readonly path: string;
  /** Makes the temporary name: the same tag starts the same file anew after a crash. */
  readonly tag: string;
  /** Absolute folder that the file may not leave, not by links either. */
  readonly within?: string;
}

/**
 * A file on its way to its place: written beside it, judged, moved there whole. All Failures: `disk-full`,
 * `disk-error`, `wrong-media`, `download-failed` (cut short), `output-exists`.
 */
export async function startDelivery(target: DeliveryTarget, clock: Clock): Promise<Delivery> {
  const folder = await folderOf(target.path, target.within);
  const partial = new PartialFile(join(folder, partialName(basename(target.path), target.tag)), target.path);
  let isVerified = false;
  let isPlaced = false;

  return {
    openSink() {
      isVerified = false;
      return partial.start();
    },
    async verify(format) {
      const { handle, sizeBytes, sha256 } = await partial.finish();
      const facts = await judgeDelivery(fileWindow(handle, sizeBytes), format);
      await partial.close();
      isVerified = true;
      return { sizeBytes, sha256, format, ...facts };
    },
    async place(path, replace) {
      assert(isVerified, "a delivery was placed before it was verified");
      const isBeside = dirname(path) === dirname(target.path);
      const to = join(isBeside ? folder : await folderOf(path, target.within), basename(path));
      await placeFile({ from: partial.path, to, replace, clock }).catch((error: unknown): never => {
        throw diskFailure(error, path);
      });
      isPlaced = true;
    },
    async discard() {
      if (!isPlaced) await partial.discard();
    },
  };
}

async function folderOf(path: string, within: string | undefined): Promise<string> {
  return realFolder(dirname(path), within).catch((error: unknown): never => {
    throw diskFailure(error, path);
  });
}

/** File systems take names of 255 bytes: a long one is shortened, its tag keeps it apart from others. */
function partialName(name: string, tag: string): string {
  const mark = `.${tag.replace(/[^\w-]+/g, "-").slice(0, 60)}.partial`;
  let short = name;
  while (Buffer.byteLength(`.${short}${mark}`) > 255) short = Array.from(short).slice(0, -1).join("");
  return `.${short}${mark}`;
}
