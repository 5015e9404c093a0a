import { createHash } from "node:crypto";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { asNamePart, foldPath, outputPath } from "../../src/plan/output-path.ts";
import { pathsFor } from "../../src/plan/paths.ts";
import { maxSegmentBytes } from "../../src/plan/safe-segment.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { proven } from "../support/proven.ts";
import { rounds } from "../support/rounds.ts";

const texts = rounds(10_000);

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const posix = { outDir: "/base/videos", paths: pathsFor(false), hash };
const windows = { outDir: "C:\\base\\videos", paths: pathsFor(true), hash };

describe("outputPath", () => {
  test.each([
    ["out/promo.mp4", "/base/videos/out/promo.mp4"],
    ["out\\promo.mp4", "/base/videos/out/promo.mp4"],
    ["./out//promo.mp4", "/base/videos/out/promo.mp4"],
    ["a/../promo.mp4", "/base/videos/promo.mp4"],
    ["/base/videos/deep/promo.mp4", "/base/videos/deep/promo.mp4"],
    ["out/9:16?.mp4", "/base/videos/out/9-16-.mp4"],
    ["out/con.mp4", "/base/videos/out/con_.mp4"],
    ["aux/LPT1.backup.mp4", "/base/videos/aux_/LPT1_.backup.mp4"],
    ["out/com¹.gif", "/base/videos/out/com¹_.gif"],
    ["out/console.mp4", "/base/videos/out/console.mp4"],
    ["out/name. . /x.mp4", "/base/videos/out/name/x.mp4"],
    ["out/ .. /x.mp4", "/base/videos/out/_/x.mp4"],
    ["out/.../x.mp4", "/base/videos/out/_/x.mp4"],
    ["out/a\u0000b\u001b[31m.mp4", "/base/videos/out/a-b-[31m.mp4"],
    ["out/\u202Egpj.mp4", "/base/videos/out/-gpj.mp4"],
    ["out/日本 🎬.mp4", "/base/videos/out/日本 🎬.mp4"],
    ["out/e\u0301.mp4", "/base/videos/out/é.mp4"],
  ])("%j is %j", (to, expected) => {
    expect(outputPath(to, posix)).toEqual({ path: expected });
  });

  test.each([
    ["../x.mp4", "outside"],
    ["a/../../x.mp4", "outside"],
    ["..\\x.mp4", "outside"],
    ["/etc/x.mp4", "outside"],
    ["/base/videos-2/x.mp4", "outside"],
    ["/base/videos/../x.mp4", "outside"],
    ["", "no-file"],
    ["out/", "no-file"],
    ["out/.", "no-file"],
    ["out/..", "no-file"],
    [".", "no-file"],
  ])("%j is refused as %s", (to, wrong) => {
    expect(outputPath(to, posix)).toEqual({ wrong });
  });

  test.each([
    ["D:\\x.mp4", { wrong: "outside" }],
    ["D:x.mp4", { wrong: "outside" }],
    ["\\\\host\\share\\x.mp4", { wrong: "outside" }],
    ["..\\..\\x.mp4", { wrong: "outside" }],
    ["out/x.mp4", { path: "C:\\base\\videos\\out\\x.mp4" }],
    ["c:\\BASE\\videos\\x.mp4", { path: "C:\\base\\videos\\x.mp4" }],
  ])("on Windows %j is %j", (to, expected) => {
    expect(outputPath(to, windows)).toEqual(expected);
  });

  test("long names are cut by bytes, keep their extension, and stay apart", () => {
    const cut = ["a", "b"].map((end) => outputPath(`out/${"日本".repeat(200)}${end}.mp4`, posix));
    const names = cut.map((one) => ("path" in one ? path.basename(one.path) : ""));
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(maxSegmentBytes);
    expect(names[0]).toMatch(/^日本.*-[0-9a-f]{8}\.mp4$/);
    expect(names[0]).not.toBe(names[1]);
  });

  test("two paths that only some systems tell apart fold into one", () => {
    expect(foldPath("/Out/É.mp4")).toBe(foldPath("/out/e\u0301.MP4"));
  });
});

const pieces = [
  "..",
  ".",
  "/",
  "\\",
  "//",
  "../",
  "..\\",
  "C:",
  "C:\\",
  "\\\\host\\share\\",
  "~",
  "~/",
  "$HOME",
  "%TEMP%",
  "%2e%2e%2f",
  "\u0000",
  "\n",
  "\r",
  "\u001b[2J",
  "\u202e",
  " ",
  ". ",
  " .",
  "...",
  "con",
  "NUL",
  "com1.",
  "aux",
  "|",
  ">",
  "<",
  "*",
  "?",
  '"',
  ":",
  "::$DATA",
  "x.mp4",
  "out",
  "ä",
  "e\u0301",
  "日本",
  "🎬",
  "\ud800",
  "\udc00",
  "\uff0e\uff0e\uff0f",
  "\u2024\u2024",
  "\u2215",
  "a".repeat(300),
  "-",
  "--",
  "",
] as const;

describe("X3: nothing leads out of the output folder", () => {
  const folders = [
    { ...posix, native: path.posix },
    { ...windows, native: path.win32 },
  ];
  test.each(folders)(`${texts} hostile texts under $outDir`, ({ native, ...folder }) => {
    const random = seededRandom(3);
    let accepted = 0;
    const escapes: string[] = [];
    for (let round = 0; round < texts; round++) {
      const hostile = Array.from({ length: random.between(0, 6) }, () => random.pick(pieces)).join("");
      const name = asNamePart(folder.outDir)(hostile);
      const to = random.pick([
        hostile,
        `out/${name}.mp4`,
        `${name}/x.mp4`,
        `out/${name}/${name}.mp4`,
        `${name}${name}`,
        name,
      ]);
      const made = outputPath(to, folder);
      if ("wrong" in made) continue;
      accepted += 1;
      if (!isHarmless(made.path, folder.outDir, native)) escapes.push(JSON.stringify(to));
    }
    expect(escapes).toEqual([]);
    expect(accepted).toBeGreaterThan(texts / 2);
    proven(
      "X3",
      `${texts} hostile texts, ${accepted} of them taken as paths under ${folder.outDir}: 0 lead out`,
      "3",
    );
  });

  test("text that is put in opens no folder and is no way up", () => {
    const random = seededRandom(4);
    for (let round = 0; round < texts; round++) {
      const hostile = Array.from({ length: random.between(1, 6) }, () => random.pick(pieces)).join("");
      const part = asNamePart("/elsewhere")(hostile);
      expect(part).not.toMatch(/[\\/]/);
      expect(part).not.toMatch(/^\.+$/);
    }
  });
});

function isHarmless(file: string, outDir: string, native: typeof path.posix): boolean {
  const way = native.relative(outDir, file);
  if (way === "" || /^\.\.([\\/]|$)/.test(way) || native.isAbsolute(way)) return false;
  if (native.resolve(file) !== file) return false;
  return way.split(native.sep).every(
    (name) =>
      // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
      !/[\u0000-\u001f\u007f-\u009f<>:"|?*\\/]/.test(name) &&
      !/[. ]$/.test(name) &&
      !/^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i.test(name) &&
      Buffer.byteLength(name) <= 255 &&
      name.isWellFormed(),
  );
}
