import { join } from "node:path";
import { callCli, type CalledCli, type CallOptions } from "./call-cli.ts";

/** Where a command line is called: a folder, in which `state/` keeps the journal, and a service. */
export interface Place {
  readonly dir: string;
  /** Absent: nobody answers there. */
  readonly apiUrl?: string | undefined;
  /** Absent: an anonymous one is fetched. */
  readonly token?: string;
}

/** Calls the command line there. A text of arguments is parted at its spaces. */
export function callAt(
  { dir, apiUrl = "http://127.0.0.1:9", token }: Place,
  args: string | readonly string[],
  more: Partial<CallOptions> = {},
): Promise<CalledCli> {
  return callCli(typeof args === "string" ? args.split(" ") : args, {
    cwd: dir,
    ...more,
    env: {
      NEMO_RECIPE_STATE_DIR: join(dir, "state"),
      NEMO_API_URL: apiUrl,
      ...(token !== undefined && { NEMO_TOKEN: token }),
      ...more.env,
    },
  });
}
