import { ffmpegMissing, findFfmpeg } from "../emulator/find-ffmpeg.ts";
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
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    const message = `port ${options.port} is taken; leave --port out for any free one`;
    throw new Stop(exitCodes.failed, message, { code: "port-taken" });
  }
}
