import { execFileSync } from "node:child_process";
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";
import { findFfmpeg } from "../src/emulator/find-ffmpeg.ts";
import { findTool } from "./find-tool.ts";
import { root } from "./root.ts";

export interface Machine {
  /** `1a2b3c4, 2026-11-20`. */
  readonly commit: string;
  /** Its size and the versions of what it has. */
  readonly lines: readonly string[];
}

/** What the figures are taken on, and of. */
export async function describeMachine(): Promise<Machine> {
  const ffmpeg = await findFfmpeg();
  const lines = [
    `- ${availableParallelism()} cores (${cpus()[0]?.model ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release().split(".", 2).join(".")} ${arch()}`,
    `- Node ${process.versions.node}, ffmpeg ${ffmpeg?.version ?? "not found"}, ${short(findTool("curl")) ?? "curl not found"}, ${short(findTool("openssl", "version")) ?? "openssl not found"}`,
  ];
  return { commit: `${commit()}, ${new Date().toISOString().slice(0, 10)}`, lines };
}

/** Name and number, without what else a tool says of itself. */
const short = (version: string | undefined): string | undefined => version?.split(" ").slice(0, 2).join(" ");

function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  try {
    const dirty = git("status", "--porcelain", "--", "src", "bin", ".ci") === "" ? "" : " with changes";
    return git("rev-parse", "--short", "HEAD") + dirty;
  } catch {
    return "unknown";
  }
}
