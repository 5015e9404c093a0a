import { fork } from "node:child_process";
import { join } from "node:path";
import { root } from "./root.ts";

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a script of `bench/servers/` in its own process, which ends with this one. Its first line is its port. */
export function startServer(name: string, args: readonly string[] = []): Promise<RunningServer> {
  const child = fork(join(root, "bench/servers", name), args, {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const close = (): Promise<void> => {
    child.kill();
    return ended;
  };
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
    child.stdout?.once("data", (line: Buffer) => resolve({ port: Number(line.toString()), close }));
  });
}
