import { execFile } from "node:child_process";
import { createRequire } from "node:module";

export interface Ffmpeg {
  path: string;
  origin: "PATH" | "package";
  version: string;
}

/** The one line that says how to get ffmpeg, for whoever finds it missing. */
export const ffmpegMissing: string =
  "ffmpeg was not found: install it (apt install ffmpeg, brew install ffmpeg, winget install ffmpeg) " +
  "or run npm install @ffmpeg-installer/ffmpeg";

/** The ffmpeg on PATH, else the one of the optional package; `undefined` when neither answers. */
export async function findFfmpeg(): Promise<Ffmpeg | undefined> {
  const onPath = await versionOf("ffmpeg");
  if (onPath !== undefined) return { path: "ffmpeg", origin: "PATH", version: onPath };
  const packaged = packagedPath();
  const version = packaged === undefined ? undefined : await versionOf(packaged);
  return packaged === undefined || version === undefined
    ? undefined
    : { path: packaged, origin: "package", version };
}

function packagedPath(): string | undefined {
  try {
    const installer: unknown = createRequire(import.meta.url)("@ffmpeg-installer/ffmpeg");
    if (typeof installer !== "object" || installer === null || !("path" in installer)) return undefined;
    return typeof installer.path === "string" ? installer.path : undefined;
  } catch {
    return undefined;
  }
}

function versionOf(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, ["-version"], { timeout: 10_000, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? (/^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? "unknown") : undefined);
    });
  });
}
