// Owns: renders and the files they make. Talks to: ffmpeg, the store, the render folder.
// Invariants: two at a time; an id is used once; a finished render has its whole file.
import { createHash } from "node:crypto";
import { copyFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Upload } from "../state/sessions.ts";
import type { Store } from "../state/store.ts";
import { convertArguments } from "./convert-arguments.ts";
import { openMasters } from "./draw-master.ts";
import { limitRuns } from "./limit-runs.ts";
import { markGif } from "./mark-gif.ts";
import type { SentDraft } from "./read-draft.ts";
import { runFfmpeg } from "./run-ffmpeg.ts";
import { storyboardOf } from "./storyboard.ts";

export interface Render {
  id: string;
  sessionId: string;
  userId: string;
  format: string;
  quality: string;
  status: "pending" | "processing" | "completed" | "failed";
  /** 0 to 100. */
  progress: number;
  durationSeconds: number;
  sizeBytes: number;
  /** Its name in the render folder. */
  file: string;
  error?: string;
}

export interface RenderOrder extends Pick<Render, "id" | "sessionId" | "userId" | "format" | "quality"> {
  draft: SentDraft;
  uploads: readonly Upload[];
  /** By a fault: ends as failed, or never ends. */
  fate: "well" | "fails" | "stuck";
}

export interface Renders {
  /** False when the id has been used. */
  start(order: RenderOrder): boolean;
  find(id: string): Render | undefined;
  findFile(file: string): Render | undefined;
  cancel(id: string): void;
  path(render: Render): string;
  /** Stops what runs, and resolves when it has ended. */
  stop(): Promise<void>;
}

export interface RenderTools {
  store: Store;
  ffmpegPath: string;
  uploadPath(upload: { id: string }): string;
}

interface Going {
  stop: AbortController;
  ended: Promise<void>;
}

export function openRenders(tools: RenderTools): Renders {
  const renders = loadRenders(tools.store);
  const going = new Map<string, Going>();
  const lane = limitRuns(2);
  const make = renderMaker(tools);
  const save = (render: Render): void => tools.store.write(recordName(render.id), render);
  const run = async (order: RenderOrder, render: Render, signal: AbortSignal): Promise<void> => {
    try {
      signal.throwIfAborted();
      render.status = "processing";
      if (order.fate === "fails") throw new Error("the renderer gave up");
      if (order.fate === "well") await make(order, render, signal);
    } catch (error) {
      Object.assign(render, { status: "failed", error: reasonOf(error, signal) });
    }
    going.delete(render.id);
    save(render);
  };
  return {
    start(order) {
      if (renders.has(order.id)) return false;
      const render = newRender(order);
      renders.set(order.id, render);
      save(render);
      const stop = new AbortController();
      going.set(order.id, { stop, ended: lane.run(() => run(order, render, stop.signal)) });
      return true;
    },
    find: (id) => renders.get(id),
    findFile: (file) => [...renders.values()].find((render) => render.file === file),
    cancel(id) {
      going.get(id)?.stop.abort(new Error("cancelled"));
      const render = renders.get(id);
      if (render?.status === "processing") Object.assign(render, { status: "failed", error: "cancelled" });
    },
    path: (render) => join(tools.store.path("renders"), render.file),
    async stop() {
      const left = [...going.values()];
      for (const { stop } of left) stop.abort(new Error("the backend was stopped"));
      await Promise.all(left.map(({ ended }) => ended));
    },
  };
}

function renderMaker(
  tools: RenderTools,
): (order: RenderOrder, render: Render, signal: AbortSignal) => Promise<void> {
  const masters = openMasters();
  const folder = tools.store.path("renders");
  return async (order, render, signal) => {
    const { format, quality } = order;
    const board = storyboardOf(order.draft, order.uploads, quality);
    const onProgress = (share: number): void => void (render.progress = Math.floor(share * 90));
    const from = await masters.draw({ ...tools, folder, board, quality, onProgress, signal });
    const path = join(folder, render.file);
    const convert = async (): Promise<void> => {
      const args = convertArguments(format, quality, { from, to: render.file });
      await runFfmpeg({ path: tools.ffmpegPath, args, folder, signal });
    };
    await (format === "mp4" ? copyFile(from, path) : convert());
    if (format === "gif") await markGif(path);
    Object.assign(render, { status: "completed", progress: 100, sizeBytes: (await stat(path)).size });
  };
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  const cause: unknown = signal.aborted ? signal.reason : error;
  return cause instanceof Error ? cause.message : "failed";
}

function newRender(order: RenderOrder): Render {
  const { id, sessionId, userId, format, quality } = order;
  const file = `${digestOf(id)}.${format}`;
  const durationSeconds = order.draft.d / 1000;
  return {
    id,
    sessionId,
    userId,
    format,
    quality,
    file,
    durationSeconds,
    status: "pending",
    progress: 0,
    sizeBytes: 0,
  };
}

function loadRenders(store: Store): Map<string, Render> {
  const renders = new Map<string, Render>();
  for (const name of store.list("renders")) {
    const render = store.read(name) as Render | undefined;
    if (render === undefined) continue;
    if (render.status !== "completed")
      Object.assign(render, { status: "failed", error: "the backend was stopped" });
    renders.set(render.id, render);
  }
  return renders;
}

function recordName(id: string): string {
  return `renders/${digestOf(id)}.json`;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}
