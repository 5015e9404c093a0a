import { spawnSync } from "node:child_process";

/** The first line of what a program says about its version; undefined where it is not on the PATH. */
export function findTool(name: string, versionFlag = "--version"): string | undefined {
  const { status, stdout } = spawnSync(name, [versionFlag], { encoding: "utf8" });
  return status === 0 ? (stdout.split("\n")[0] ?? "") : undefined;
}
