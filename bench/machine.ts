import { execFileSync } from "node:child_process";
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";
import { findFfmpeg } from "../src/emulator/find-ffmpeg.ts";
import { findTool } from "./find-tool.ts";
import { root } from "./root.ts";

/** What the figures were taken on, a line each. */
export async function describeMachine(): Promise<string[]> {
  const ffmpeg = await findFfmpeg();
  return [
    `- commit ${commit()}, ${new Date().toISOString().slice(0, 10)}`,
    `- ${availableParallelism()} cores (${cpus()[0]?.model ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release().split(".", 2).join(".")} ${arch()}`,
    `- Node ${process.versions.node}, ffmpeg ${ffmpeg?.version ?? "not found"}, ${short(findTool("curl")) ?? "curl not found"}, ${short(findTool("openssl", "version")) ?? "openssl not found"}`,
  ];
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
