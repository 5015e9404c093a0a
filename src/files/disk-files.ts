// files/: The only door to the file system: find, read, hash, judge whether media is complete, name safely, save
// atomically.
import type { Clock } from "../base/clock.ts";
import type { Files } from "../executor/ports.ts";
import { blockedOutputs } from "./blocked-outputs.ts";
import { startDelivery } from "./delivery.ts";
import { findMedia } from "./find-media.ts";
import { hashOf } from "./hash-of.ts";
import { heicConverter } from "./heic-to-jpeg.ts";
import { isHeicName } from "./media-types.ts";
import { openSource, openUnchanged } from "./open-source.ts";
import { readRows } from "./read-rows.ts";

/** The port `Files` on this machine's disk. */
export function diskFiles({ clock }: { readonly clock: Clock }): Files {
  const heicToJpeg = heicConverter();
  return {
    find: findMedia,
    readRows,
    async openInput(file) {
      if (isHeicName(file.name)) return heicToJpeg(file);
      await (await openUnchanged(file)).close();
      return openSource(file);
    },
    deliver: (path, tag, options) => startDelivery({ path, tag, ...options }, clock),
    hashOf,
    blockedOutputs,
  };
}
