import { expect, it } from "vitest";
import type { Draft } from "../../src/emulator/draft.ts";
import { answerPrompt } from "../../src/emulator/prompt/answer-prompt.ts";
import { subjectOf } from "../../src/emulator/prompt/subject-of.ts";
import type { Session, Upload } from "../../src/emulator/state/sessions.ts";

function upload(filename: string, more: Partial<Upload> = {}): Upload {
  const facts = { width: 4000, height: 3000, durationSeconds: 0, fps: 0, hasSound: false, orientation: 1 };
  return { id: filename, atMs: 10, filename, fileType: "image", sizeBytes: 1, sha256: "", ...facts, ...more };
}

function session(more: Partial<Session> = {}): Session {
  const names = { id: "1", taskId: "t", taskName: "project", userId: "u", language: "en" };
  return { ...names, uploads: [], versions: [], turns: [], ...more };
}

function built(uploads: Upload[]): Session {
  const draft = answerPrompt(session({ uploads }), "make a slideshow").finished as Draft;
  const turn = {
    id: "x",
    sessionId: "1",
    userId: "u",
    text: "",
    acceptedAtMs: 20,
    charge: 50,
    outcome: "built",
    silent: false,
  } as const;
  return session({ uploads, versions: [{ atMs: 30, draft }], turns: [turn] });
}

it("makes a clip of a described scene for 100 credits, music and title later", () => {
  const answer = answerPrompt(session(), "make a 10-second video of a sunset");
  expect([answer.outcome, answer.price, answer.draft?.d]).toEqual(["built", 100, 10_000]);
  expect(answer.draft?.t.map(({ tt }) => tt)).toEqual([0]);
  expect(answer.finished?.t.map(({ tt }) => tt)).toEqual([0, 1, 7]);
  expect(answer.finished?.t[2]?.sg[0]?.m.text).toBe("A sunset");
});

it("makes a slideshow of uploads for 50, as long as it was asked", () => {
  const uploads = [
    upload("1.jpg"),
    upload("2.jpg"),
    upload("song.mp3", { fileType: "audio", hasSound: true }),
  ];
  const answer = answerPrompt(
    session({ uploads }),
    'a 12-second slideshow with the title "Us" for the first 2 seconds',
  );
  expect([answer.price, answer.finished?.d]).toEqual([50, 12_000]);
  expect(answer.finished?.t[1]?.sg[0]?.m).toMatchObject({ name: "song", source: "song.mp3", kind: "song" });
  expect(answer.finished?.t[2]?.sg[0]).toMatchObject({ d: 2000, m: { text: "Us" } });
});

it("leaves out the music and the title that were not wanted", () => {
  const answer = answerPrompt(session({ uploads: [upload("1.jpg")] }), "make a video without music or title");
  expect(answer.finished?.t.map(({ tt }) => tt)).toEqual([0]);
});

it.each([
  ["make it 9:16", "edited", 5],
  ["turn it into a 9:16 video", "edited", 5],
  ["make it a 10-second video", "edited", 5],
  ["make a new video about cats with zoom", "built", 50],
  ["what a lovely day", "answered", 0],
  ["make it 16:9", "answered", 0],
])("in a session with a video, %s is %s for %d", (prompt, outcome, price) => {
  expect(answerPrompt(built([upload("1.jpg")]), prompt)).toMatchObject({ outcome, price });
});

it.each(["hello!", "你好", "what can you do?"])("answers %s without a video and without a bill", (prompt) => {
  expect(answerPrompt(session(), prompt)).toMatchObject({ outcome: "answered", price: 0 });
});

it("begins anew with the files that came since, adds them when asked, and takes a song as music", () => {
  const before = built([upload("1.jpg")]);
  const names = (answer: { draft?: Draft }): string[] | undefined =>
    answer.draft?.t[0]?.sg.map(({ m }) => m.name);
  const more = { ...before, uploads: [...before.uploads, upload("2.jpg", { atMs: 40 })] };
  expect(names(answerPrompt(more, "turn this into a clip"))).toEqual(["2"]);
  expect(names(answerPrompt(more, "add this photo at the end"))).toEqual(["1", "2"]);
  const song = { ...before, uploads: [...before.uploads, upload("my.mp3", { atMs: 40, fileType: "audio" })] };
  expect(answerPrompt(song, "use this").draft?.t[1]?.sg[0]?.m.name).toBe("my");
});

it.each([
  ["make a 10-second video of a sunset", "A sunset"],
  ["create a clip about deep sea fish, with music", "Deep sea fish"],
  ["制作一个15秒的日落视频", "日落"],
  ["A red bicycle in the rain", "A red bicycle in the rain"],
])("%s is about %s", (prompt, subject) => {
  expect(subjectOf(prompt, false)).toBe(subject);
});

it.each(["undo the last change and leave the video as it was before it", "undo", "撤销上一次修改"])(
  "%s brings back the video as it stood before the last edit; what was built stays",
  (prompt) => {
    const before = built([upload("1.jpg")]);
    expect(answerPrompt(before, prompt)).toMatchObject({ outcome: "answered", price: 0 });
    const [first] = before.versions;
    const [turn] = before.turns;
    const edited = answerPrompt(before, "make it 9:16");
    if (first === undefined || turn === undefined || edited.draft === undefined) throw new Error("no edit");
    const after: Session = {
      ...before,
      versions: [first, { atMs: 50, draft: edited.draft }],
      turns: [turn, { ...turn, acceptedAtMs: 40, outcome: "edited" }],
    };
    expect(answerPrompt(after, prompt)).toMatchObject({ outcome: "edited", draft: first.draft });
  },
);
