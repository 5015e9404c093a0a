// The package as people get it: packed, installed in an empty folder or started without that, and used on each runtime;
// then the executable. A registry on loopback has it and what it brings, so nothing is fetched from elsewhere.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { newestNode } from "../test/support/runtimes.ts";
import { findFfmpeg } from "../src/emulator/find-ffmpeg.ts";
import { emptyFolder } from "./empty-folder.ts";
import { openRegistry } from "./loopback-registry.ts";
import { packOthers, packOurs } from "./pack.ts";
import { shippedPackages } from "./shipped-packages.ts";
import { tryExecutable } from "./try-executable.ts";
import { tryInstalled } from "./try-installed.ts";
import { tryStarted } from "./try-started.ts";

const base = mkdtempSync(join(tmpdir(), "nemo-package-"));
const ffmpeg = await findFfmpeg();
if (ffmpeg === undefined) throw new Error("the package cannot be tried without ffmpeg");
const path = [process.env["PATH"], dirname(ffmpeg.path)].join(delimiter);
const places = new Set([...shippedPackages().keys(), ...shippedPackages(["@types/node"]).keys()]);
const registry = await openRegistry([packOurs(base), ...packOthers(places, join(base, "others"))]);
try {
  // Two at a time: each waits for processes of its own, one after the other.
  const ways = [tryInstalled(emptyFolder(base, "project", path), registry.url), tryWithoutInstalling()];
  for (const way of await Promise.allSettled(ways)) if (way.status === "rejected") throw way.reason;
} finally {
  await registry.close();
  rmSync(base, { recursive: true, force: true, maxRetries: 3 });
}

async function tryWithoutInstalling(): Promise<void> {
  await tryStarted(base, registry.url, path);
  await tryExecutable(emptyFolder(base, "executable", path), "bun");
  if (existsSync(newestNode)) await tryExecutable(emptyFolder(base, "executable", path), "node");
  else console.log("executable with node: not tried; npm ci --prefix tools/nodes brings it");
}
