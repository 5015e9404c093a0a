// A folder with pictures and an emulator for each test, and conversations with it down a pipe.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach } from "vitest";
import { startEmulator, type Emulator } from "../../../src/emulator/start-emulator.ts";
import { callCli, type CalledCli, type CallOptions } from "../../support/call-cli.ts";
import { tempDir } from "../../support/temp-dir.ts";

const picture = fileURLToPath(new URL("../../fixtures/media/picture.jpg", import.meta.url));
const config =
  "retry: { attempts: 2, delay: 20ms, maxDelay: 20ms }\npoll: { state: 40ms, render: 1200ms }\ntimeouts: { turn: 30s, silence: 20s, idle: 20s, change: 400ms, render: 40s }\n";

export interface Conversing {
  /** Of the test that runs. */
  readonly dir: string;
  readonly service: Emulator;
  serve(faults?: string, credits?: number): Promise<Emulator>;
  call(args: string, options?: Partial<CallOptions>): Promise<CalledCli>;
  chat(messages: readonly string[], args?: string, options?: Partial<CallOptions>): Promise<CalledCli>;
  /** What was sent to the service. */
  prompts(): readonly string[];
  idsOf(name: string): Promise<{ jobId: string; sessionId: string }>;
  /** As it stands after the last turn, in the service's summary form. */
  timelineOf(name: string): Promise<string | undefined>;
}

export function conversing(): Conversing {
  let service: Emulator | undefined;
  let dir = "";
  beforeEach(() => {
    dir = tempDir();
    for (const name of ["beach.jpg", "logo.jpg", "my photos/sea (1).jpg"]) {
      mkdirSync(join(dir, "my photos"), { recursive: true });
      cpSync(picture, join(dir, name));
      writeFileSync(join(dir, name), name, { flag: "a" });
    }
    writeFileSync(join(dir, "nemo-recipe.config.yaml"), config);
  });
  afterEach(async () => {
    await service?.close();
    service = undefined;
  });
  const served = (): Emulator => {
    if (service === undefined) throw new Error("nobody serves yet");
    return service;
  };
  const call: Conversing["call"] = (args, options = {}) =>
    callCli(
      args.split(" ").filter((arg) => arg !== ""),
      {
        cwd: dir,
        ...options,
        env: { NEMO_RECIPE_STATE_DIR: join(dir, "state"), NEMO_API_URL: served().url, ...options.env },
      },
    );
  return {
    get dir() {
      return dir;
    },
    get service() {
      return served();
    },
    serve: async (faults = "", credits = 1000) =>
      (service = await startEmulator({ faults, workMs: 40, pace: 0.3, credits })),
    call,
    chat: (messages, args = "", options = {}) =>
      call(`chat ${args}`, { stdin: messages.map((message) => `${message}\n`).join(""), ...options }),
    prompts: () => served().ledger.turns.map(({ text }) => text),
    timelineOf: async (name) => (await call(`show ${name}`)).stdout.match(/Timeline \(.*/g)?.at(-1),
    idsOf: async (name) => {
      const { id, session } = JSON.parse((await call(`show ${name} --json`)).stdout) as {
        id: string;
        session: string;
      };
      return { jobId: id, sessionId: session };
    },
  };
}
