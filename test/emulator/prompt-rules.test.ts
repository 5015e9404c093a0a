import { expect, it } from "vitest";
import { readPrompt } from "../../src/emulator/prompt/prompt-rules.ts";

const tall = { kind: "aspect", width: 1080, height: 1920 };
const cases: [prompt: string, ...edits: object[]][] = [
  ["trim the video to exactly 15 seconds", { kind: "length", seconds: 15 }],
  ["shorten to 8s", { kind: "length", seconds: 8 }],
  ["make it ten seconds long", { kind: "length", seconds: 10 }],
  ["make it 1 minute", { kind: "length", seconds: 60 }],
  ["把视频改成10秒", { kind: "length", seconds: 10 }],
  ["改成十五秒", { kind: "length", seconds: 15 }],
  ["vertical please", tall],
  ["改成竖屏", tall],
  ["make it square", { kind: "aspect", width: 1080, height: 1080 }],
  ["横屏", { kind: "aspect", width: 1920, height: 1080 }],
  ["make it 4:5", { kind: "aspect", width: 1080, height: 1350 }],
  ['add the title "9:16 in 3 seconds"', { kind: "title", text: "9:16 in 3 seconds" }],
  [
    'show the title "Go" for the first 3 seconds',
    { kind: "title", text: "Go" },
    { kind: "title-seconds", seconds: 3 },
  ],
  ["加上标题“春天”，前三秒", { kind: "title", text: "春天" }, { kind: "title-seconds", seconds: 3 }],
  ["标题「海」", { kind: "title", text: "海" }],
  ["the title should be 'Hello World'", { kind: "title", text: "Hello World" }],
  ["remove the title", { kind: "no-title" }],
  ["去掉标题", { kind: "no-title" }],
  ["turn off the music", { kind: "music", on: false }],
  ["静音", { kind: "music", on: false }],
  ["without music or title", { kind: "music", on: false }, { kind: "no-title" }],
  ["add upbeat music", { kind: "music", on: true }, { kind: "mood", name: "Upbeat" }],
  ["加音乐", { kind: "music", on: true }],
  ["set the volume to 50%", { kind: "volume", volume: 0.5 }],
  ["music louder", { kind: "louder", step: 0.2 }],
  ["声音小一点", { kind: "louder", step: -0.2 }],
  ["reverse the order", { kind: "reverse" }],
  ["倒序播放", { kind: "reverse" }],
  ["shuffle the photos", { kind: "shuffle" }],
  ["put the third photo first", { kind: "move", which: 3, to: "first" }],
  ["put photo 2 first", { kind: "move", which: 2, to: "first" }],
  ["move beach to the end", { kind: "move", which: "beach", to: "last" }],
  ["把最后一张放到开头", { kind: "move", which: -1, to: "first" }],
  ["第二张照片放到最前", { kind: "move", which: 2, to: "first" }],
  ["2x faster", { kind: "speed", factor: 2 }],
  ["2x slower", { kind: "speed", factor: 0.5 }],
  ["play at half speed", { kind: "speed", factor: 0.5 }],
  ["加速2倍", { kind: "speed", factor: 2 }],
  ["放慢", { kind: "speed", factor: 0.5 }],
  ["no zoom", { kind: "zoom", on: false }],
  ["add a slow zoom", { kind: "zoom", on: true }],
  ["不要转场", { kind: "transitions", on: false }],
  ["add crossfades between the photos", { kind: "transitions", on: true }],
  ["warmer colours", { kind: "warmth", step: 1 }],
  ["色调冷一点", { kind: "warmth", step: -1 }],
  ["make it brighter", { kind: "brightness", step: 1 }],
  ["don't do anything, it's John's birthday"],
  ["a cool friend"],
  ["xyzzy"],
  ["make it 0 seconds"],
];

it.each(cases)("reads %s", (prompt, ...edits) => {
  expect(readPrompt(prompt)).toEqual(edits);
});

it("reads several wishes in one prompt, each once", () => {
  const edits = readPrompt(
    'a vertical 12-second reel, no zoom, calm music at 20% volume, title "Hi" for the first 2 seconds',
  );
  expect(edits.map(({ kind }) => kind).sort()).toEqual(
    ["aspect", "length", "mood", "volume", "title", "title-seconds", "zoom"].sort(),
  );
});
