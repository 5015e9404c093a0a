import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findFfmpeg } from "../src/emulator/find-ffmpeg.ts";
import { measureProcess, type Program } from "./measure-process.ts";
import { root } from "./root.ts";
import type { BenchRow, Sample } from "./row.ts";
import { bundleScript } from "./subject.ts";
import { takeTurns } from "./take-turns.ts";

const photos = ["1-dunes.jpg", "2-window-light.jpg", "3-three-glazes.jpg"].map((name) =>
  join(root, "examples/photos", name),
);

export const p14: BenchRow = {
  id: "P14",
  title: "local backend: 15 s of 1080p30 from three photos",
  says: "Crossfades, slow zoom, title and music: a process that starts the local backend, uploads, prompts, renders and ends, against the one call of ffmpeg that it makes, by hand.",
  rounds: 3,
  async run({ rounds, folder }) {
    const ffmpeg = await findFfmpeg();
    if (ffmpeg === undefined) return [{ name: "video", remark: "ffmpeg was not found" }];
    const script = await bundleScript("emulated-video.ts", folder);
    const make = (path: string, state: string): Program => ({
      command: process.execPath,
      args: [script, state, path, ...photos],
    });
    const floor = await recordCall(make, { ffmpeg: ffmpeg.path, folder });
    const subject = async (): Promise<Sample> => {
      const state = mkdtempSync(join(folder, "state-"));
      const { cpuMs, wallMs } = await measureProcess(make(ffmpeg.path, state));
      rmSync(state, { recursive: true });
      // The peak would be that of the backend without its ffmpeg.
      return { cpuMs, wallMs };
    };
    const samples = await takeTurns({
      rounds,
      floor: () => measureProcess(floor),
      subject,
      isWarm: true,
    });
    const goals = [{ of: "cpu", mostRatio: 1.15 }] as const;
    return [{ name: "video", floor: "the same `ffmpeg` call", ...samples, goals }];
  },
};

/** Lets the backend make the video once, through a script that keeps what ffmpeg was given. */
async function recordCall(
  make: (ffmpeg: string, state: string) => Program,
  { ffmpeg, folder }: { readonly ffmpeg: string; readonly folder: string },
): Promise<Program> {
  const kept = join(folder, "kept");
  mkdirSync(kept);
  const recorder = join(folder, "recorder.sh");
  const keep = `cp -R "$PWD" "${kept}/work" && printf '%s\\0' "$@" > "${kept}/args"`;
  writeFileSync(
    recorder,
    `#!/usr/bin/env bash\ncase " $* " in *" libx264 "*) ${keep};; esac\nexec "${ffmpeg}" "$@"\n`,
  );
  chmodSync(recorder, 0o755);
  await measureProcess(make(recorder, join(folder, "state")));
  const output = join(folder, "by-hand.mp4");
  const args = readFileSync(join(kept, "args"), "utf8").split("\0").slice(0, -2);
  const floor = { command: ffmpeg, args: [...args, output], cwd: join(kept, "work") };
  await measureProcess(floor);
  if (statSync(output).size === 0) throw new Error("ffmpeg made nothing by hand");
  return floor;
}
