import { probeFolder } from "../../files/probe-folder.ts";
import { inotifyInstances } from "../../files/inotify-instances.ts";
import { readText } from "../../files/read-text.ts";
import { ffmpegMissing, findFfmpeg } from "../../emulator/find-ffmpeg.ts";
import { runtimeName } from "../runtime-name.ts";
import { bad, ok, warning, type Finding } from "./finding.ts";

const enoughBytes = 1024 * 1024 * 1024;
const enoughWatches = 65_536;
const enoughInstances = 4;

export function checkRuntime(versions: Readonly<Record<string, string | undefined>>): Finding {
  return ok("runtime", runtimeName(versions));
}

/** The local backend draws with ffmpeg; the cloud needs none. */
export async function checkFfmpeg(): Promise<Finding> {
  const ffmpeg = await findFfmpeg();
  if (ffmpeg === undefined) return warning("ffmpeg", "not found: --local cannot make videos", ffmpegMissing);
  const where = ffmpeg.origin === "PATH" ? "on PATH" : "from the package @ffmpeg-installer/ffmpeg";
  return ok("ffmpeg", `${ffmpeg.version} ${where}`);
}

export async function checkFolder(about: string, path: string): Promise<Finding> {
  const { refused, freeBytes } = await probeFolder(path);
  if (refused !== undefined)
    return bad(about, `${path}: ${refused}`, "Make it writable for your user, or choose another.");
  if (freeBytes !== undefined && freeBytes < enoughBytes)
    return warning(
      about,
      `${path}: ${Math.round(freeBytes / 1024 / 1024)} MB are free`,
      "Make room before you run many jobs.",
    );
  return ok(about, path);
}

/** Linux counts watched folders, and the processes that watch, per user. */
export async function checkWatchLimits(platform: string): Promise<readonly Finding[]> {
  if (platform !== "linux") return [];
  const [watches, instances] = [await limitOf("max_user_watches"), await limitOf("max_user_instances")];
  return [
    ...(watches === undefined ? [] : [watchesFinding(watches)]),
    ...(instances === undefined ? [] : [instancesFinding(await inotifyInstances(), instances)]),
  ];
}

async function limitOf(name: string): Promise<number | undefined> {
  const text = await readText(`/proc/sys/fs/inotify/${name}`).catch(() => "");
  const limit = Number(text.trim());
  return text === "" || !Number.isFinite(limit) ? undefined : limit;
}

function watchesFinding(limit: number): Finding {
  if (limit >= enoughWatches) return ok("file watches", `${limit} per user`);
  const hint = `sudo sysctl fs.inotify.max_user_watches=${enoughWatches * 8}`;
  return warning("file watches", `only ${limit} per user: large folders cannot be watched`, hint);
}

/** Another watch takes one or two. */
export function instancesFinding(used: number, limit: number): Finding {
  const says = `${used} of ${limit} per user are in use`;
  if (limit - used >= enoughInstances) return ok("watchers", says);
  const hint = `sudo sysctl fs.inotify.max_user_instances=${Math.max(512, limit * 2)}`;
  return warning("watchers", `${says}: folders are looked at every 5 seconds instead`, hint);
}
