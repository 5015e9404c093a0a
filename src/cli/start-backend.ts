import { ffmpegMissing, findFfmpeg } from "../emulator/find-ffmpeg.ts";
import { diskReason } from "../files/disk-failure.ts";
import { planFaults } from "../emulator/faults/plan-faults.ts";
import { startEmulator, type Emulator, type EmulatorOptions } from "../emulator/start-emulator.ts";
import { exitCodes } from "./exit-code.ts";
import { Stop, usage } from "./stop.ts";

/** Starts the local backend; says in one line what is missing where it cannot. */
export async function startBackend(options: EmulatorOptions): Promise<Emulator> {
  try {
    planFaults(options.faults ?? "");
  } catch (error) {
    throw usage(
      error instanceof Error ? error.message : String(error),
      "nemo-recipe emulator --list-faults",
      "unknown-fault",
    );
  }
  const ffmpeg = await findFfmpeg();
  if (ffmpeg === undefined) throw new Stop(exitCodes.failed, ffmpegMissing, { code: "no-ffmpeg" });
  try {
    return await startEmulator({ ...options, ffmpegPath: ffmpeg.path });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "EADDRINUSE") {
      const message = `port ${options.port} is taken; leave --port out for any free one`;
      throw new Stop(exitCodes.failed, message, { code: "port-taken" });
    }
    // What the file system says names the call that failed.
    if (options.stateDir !== undefined && "syscall" in error && "path" in error)
      throw badFolder(options.stateDir, error);
    throw error;
  }
}

const folderReasons: Readonly<Record<string, string>> = {
  ENOENT: "no folder can be made there",
  EEXIST: "a file stands there",
};

function badFolder(folder: string, error: Error & { readonly code: unknown }): Stop {
  const reason = folderReasons[String(error.code)] ?? diskReason(error);
  return new Stop(exitCodes.failed, `the emulator cannot keep its state in ${folder}: ${reason}.`, {
    code: "disk-error",
    hint: "Name a folder that can be written with --state-dir.",
  });
}
