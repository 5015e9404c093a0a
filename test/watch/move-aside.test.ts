import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { moveAside, removeInput } from "../../src/files/move-aside.ts";
import { proven } from "../support/proven.ts";
import { tempDir } from "../support/temp-dir.ts";
import { photoNumber } from "./photo-number.ts";

const program = fileURLToPath(new URL("move-points.ts", import.meta.url));
const [own, foreign] = [photoNumber(1), photoNumber(2)];
const sha256 = createHash("sha256").update(own).digest("hex");
const isNode = process.versions["bun"] === undefined && !("Deno" in globalThis);

interface Place {
  readonly path: string;
  readonly done: string;
}

/** A photo to move, and a foreign one that has its name in the folder already. */
function place(doneIn: string): Place {
  const root = tempDir();
  const done = join(doneIn === "" ? root : mkdtempSync(join(doneIn, "nemo-")), "done");
  if (doneIn !== "") onTestFinished(() => rmSync(join(done, ".."), { recursive: true, force: true }));
  mkdirSync(done);
  writeFileSync(join(done, "a.jpg"), foreign);
  const path = join(root, "a.jpg");
  writeFileSync(path, own);
  return { path, done };
}

function move({ path, done }: Place, env: Readonly<Record<string, string>> = {}): void {
  spawnSync(process.execPath, [program, path, sha256, done], { env: { ...process.env, ...env } });
}

const wholeIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => !name.startsWith(".") && readFileSync(join(folder, name)).equals(own));

function killEverywhere(doneIn: string): number {
  const log = join(tempDir(), "log");
  move(place(doneIn), { POINT_LOG: log });
  const points = readFileSync(log, "utf8").trim().split("\n").length;
  for (let point = 1; point <= points; point++) {
    const here = place(doneIn);
    move(here, { POINT: `${point}` });
    const { path, done } = here;
    const isThere = existsSync(path) && readFileSync(path).equals(own);
    expect(isThere || wholeIn(done).length > 0, `point ${point}`).toBe(true);
    expect(readFileSync(join(done, "a.jpg")).equals(foreign), `point ${point}`).toBe(true);
    move(here);
    expect([existsSync(path), wholeIn(done)], `point ${point}`).toEqual([false, ["a-2.jpg"]]);
  }
  return points;
}

describe.runIf(isNode)("W5: a move that is killed at any step damages nothing", () => {
  it("within one disk, and to another", () => {
    const points = killEverywhere("");
    const isOther = existsSync("/dev/shm") && statSync("/dev/shm").dev !== statSync(tempDir()).dev;
    const more = isOther ? killEverywhere("/dev/shm") : 0;
    expect(points).toBeGreaterThan(8);
    proven(
      "W5",
      `killed at ${points} points of a move, and at ${more} of one to another disk: 0 inputs damaged`,
    );
  });
});

describe("moving aside", () => {
  it("never replaces, and numbers the name", async () => {
    const { path, done } = place("");
    expect(await moveAside({ path, sha256 }, done)).toBe(join(done, "a-2.jpg"));
    writeFileSync(path, own);
    expect(await moveAside({ path, sha256 }, done)).toBe(join(done, "a-3.jpg"));
    expect(existsSync(path)).toBe(false);
  });

  it("ends a move that was cut off between its two steps", async () => {
    const { path, done } = place("");
    linkSync(path, join(done, "a-2.jpg"));
    expect(await moveAside({ path, sha256 }, done)).toBe(join(done, "a-2.jpg"));
    expect([existsSync(path), readdirSync(done).length]).toEqual([false, 2]);
  });

  it("leaves another file alone that has the name by now", async () => {
    const { path, done } = place("");
    writeFileSync(path, foreign);
    expect(await moveAside({ path, sha256 }, done)).toBeUndefined();
    expect(await removeInput({ path, sha256 })).toBe(false);
    expect(readFileSync(path).equals(foreign)).toBe(true);
  });

  it("makes no folder where the file's own is gone", async () => {
    const { path } = place("");
    const root = join(path, "..");
    rmSync(root, { recursive: true });
    expect(await moveAside({ path, sha256 }, join(root, "done"))).toBeUndefined();
    expect(existsSync(root)).toBe(false);
  });

  it("removes what is still what it was", async () => {
    const { path } = place("");
    expect(await removeInput({ path, sha256 })).toBe(true);
    expect(await removeInput({ path, sha256 })).toBe(false);
    expect(existsSync(path)).toBe(false);
  });

  it("says why where the folder cannot be made", async () => {
    const { path, done } = place("");
    await expect(moveAside({ path, sha256 }, join(done, "a.jpg", "b"))).rejects.toThrow("cannot write");
    expect(readFileSync(path).equals(own)).toBe(true);
  });
});
