// Owns: the MP4 of each draft that was asked for. Talks to: ffmpeg, the render folder.
// Invariants: equal storyboards are drawn once; a master is whole or absent.
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeVideo } from "./make-video.ts";
import type { Storyboard } from "./storyboard.ts";

export interface MasterOrder {
  ffmpegPath: string;
  folder: string;
  board: Storyboard;
  quality: string;
  uploadPath(upload: { id: string }): string;
  onProgress(share: number): void;
  signal: AbortSignal;
}

export interface Masters {
  /** The path of the MP4. A caller that joins another's drawing gets its result, and its failure. */
  draw(order: MasterOrder): Promise<string>;
}

export function openMasters(): Masters {
  const drawn = new Map<string, Promise<string>>();
  return {
    draw(order) {
      const key = createHash("sha256")
        .update(JSON.stringify([order.quality, order.board]))
        .digest("hex")
        .slice(0, 24);
      const known = drawn.get(key);
      if (known !== undefined) return known;
      const drawing = drawOne(order, join(order.folder, `master-${key}.mp4`));
      drawn.set(key, drawing);
      drawing.catch(() => drawn.delete(key));
      return drawing;
    },
  };
}

async function drawOne(order: MasterOrder, output: string): Promise<string> {
  await mkdir(order.folder, { recursive: true });
  const folder = await mkdtemp(join(order.folder, "work-"));
  try {
    const made = join(folder, "master.mp4");
    await makeVideo({ ...order, folder, output: made });
    await rename(made, output);
    return output;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
