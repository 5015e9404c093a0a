import { describe, expect, it } from "vitest";
import { sayWithoutScreen } from "../../src/nemo/say-without-screen.ts";
import { cpuClock } from "../support/cpu-clock.ts";

describe("instructions for a screen go", () => {
  it.each([
    ["Your video is ready! Click the Export button to download it.", "Your video is ready!"],
    ["Click Export to save.", ""],
    ["Your video is ready, click the Export button to download it.", "Your video is ready."],
    ["To export, click the button in the top right corner.", ""],
    ["I added music. You can open the Audio panel to change it.", "I added music."],
    [
      "I added music and a title. Open the materials panel and drag the clip to the timeline.",
      "I added music and a title.",
    ],
    ["Drag the image onto the timeline to reorder.", ""],
    ["You can preview it in the timeline.", ""],
    ["Done. Please check your account or billing page for credits.", "Done."],
    ['When ready, hit "Export" to finish.', ""],
    ["The clip is 10 s long. Tap here to play. Enjoy!", "The clip is 10 s long. Enjoy!"],
    ["视频已生成！点击导出按钮下载。", "视频已生成！"],
    ["请打开素材面板查看。", ""],
    ["已添加背景音乐，点击右上角导出按钮即可下载。", "已添加背景音乐。"],
    ["您可以拖拽片段来调整顺序。标题已添加。", "标题已添加。"],
    ["在时间线上预览。", ""],
    ["- Added a title\n- Click Export to download\n- Added music", "- Added a title\n- Added music"],
  ])("%j → %j", (text, expected) => {
    expect(sayWithoutScreen(text)).toBe(expected);
  });
});

describe("descriptions of content stay", () => {
  it.each([
    "The first shot opens on a drag race at dawn.",
    "A woman opens a door and the camera drifts to the window.",
    "Open with a wide shot of the canvas tent.",
    "I added a click track under the drums.",
    "Music drops at 0:05, then the title fades in.",
    "The export keeps 1080p, e.g. 1920x1080.",
    'I used 2.5 s for each photo. The title reads "Use the Force".',
    "镜头从城市夜景开始，然后切换到海滩。",
    "背景音乐为轻快的Lo-fi，音量35%。",
    "点击率很高的城市夜景。",
    "Which music do you prefer: calm or upbeat?",
    "Line one\n\nLine two",
    "Select shots show the product in use.",
    "Version 1.2.3 of the cut lasts 15 s.",
    "",
  ])("%j", (text) => {
    expect(sayWithoutScreen(text)).toBe(text);
  });
});

it("takes a second at most for a long text", () => {
  const spentMs = cpuClock();
  sayWithoutScreen("click the Export button, and drag it. ".repeat(10_000));
  sayWithoutScreen("a, ".repeat(100_000));
  sayWithoutScreen("!".repeat(100_000));
  expect(spentMs()).toBeLessThan(1000);
});
