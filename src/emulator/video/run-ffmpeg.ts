import { spawn } from "node:child_process";

export interface FfmpegRun {
  path: string;
  args: readonly string[];
  folder: string;
  /** Seconds of video made so far. */
  onProgress?: (seconds: number) => void;
  signal: AbortSignal;
}

/** Runs ffmpeg to its end. Rejects with the last of what it said. */
export function runFfmpeg(run: FfmpegRun): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(run.path, run.args, {
      cwd: run.folder,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let said = "";
    const stop = (): boolean => child.kill("SIGKILL");
    run.signal.addEventListener("abort", stop, { once: true });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const micros = /out_time_(?:ms|us)=(\d+)(?![\s\S]*out_time_(?:ms|us)=)/.exec(text)?.[1];
      if (micros !== undefined) run.onProgress?.(Number(micros) / 1_000_000);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-4000)));
    child.once("error", reject);
    child.once("close", (code) => {
      run.signal.removeEventListener("abort", stop);
      if (run.signal.aborted) reject(new Error("stopped"));
      else if (code === 0) resolve();
      else reject(new Error(`ffmpeg ended with ${code}: ${said.trim().slice(-600)}`));
    });
  });
}
