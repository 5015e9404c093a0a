import { describe, expect, test } from "vitest";
import { pathTokens } from "../../../src/cli/chat/path-tokens.ts";

const found = (message: string, windows = false): string[] =>
  pathTokens(message, windows).map(({ value, isSure }) => `${value}${isSure ? "!" : ""}`);

describe("what looks like a file in a message", () => {
  test.each([
    ["make a video of a sunset", []],
    ["beach.jpg", ["beach.jpg"]],
    ["/home/ada/beach.jpg", ["/home/ada/beach.jpg!"]],
    ["'/home/ada/my beach.jpg' make it warm", ["/home/ada/my beach.jpg!"]],
    ['"/home/ada/my beach.jpg"', ["/home/ada/my beach.jpg!"]],
    ["/home/ada/my\\ beach\\ \\(2\\).jpg make it warm", ["/home/ada/my beach (2).jpg!"]],
    ["put ./logo.png, then ../b.mp4.", ["./logo.png!", "../b.mp4!"]],
    ["turn ./photos into a slideshow", ["./photos"]],
    ["use photos/*.{jpg,png}", ["photos/*.{jpg,png}"]],
    ["~/Pictures/a.heic", ["~/Pictures/a.heic!"]],
    ["file:///tmp/a%20b.jpg", ["file:///tmp/a%20b.jpg!"]],
    ["https://cdn.example.com/intro.mp4 trim it", ["https://cdn.example.com/intro.mp4"]],
    ["把/tmp/a.jpg做成视频", ["/tmp/a.jpg!"]],
    ["照片/海滩.jpg", ["照片/海滩.jpg!"]],
    ["用 /tmp/a.jpg 做视频", ["/tmp/a.jpg!"]],
    ['show the title "Spring Sale"', []],
    ['show the title "50% off / today"', []],
    ["it's 9:16 and 1/2 speed, don't stop", ["1/2"]],
    ["", []],
  ])("%s", (message, tokens) => {
    expect(found(message)).toEqual(tokens);
  });

  test.each([
    ["C:\\Users\\ada\\beach.jpg make it warm", ["C:\\Users\\ada\\beach.jpg!"]],
    ['"C:\\My Photos\\beach.jpg"', ["C:\\My Photos\\beach.jpg!"]],
  ])("on Windows: %s", (message, tokens) => {
    expect(found(message, true)).toEqual(tokens);
  });

  test("a token says where it stands", () => {
    const message = "put './a b.jpg', first";
    expect(pathTokens(message, false).map(({ start, end }) => message.slice(start, end))).toEqual([
      "'./a b.jpg'",
    ]);
  });
});
