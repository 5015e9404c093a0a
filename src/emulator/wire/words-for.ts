import type { Session } from "../state/sessions.ts";
import { draftOf } from "../state/sessions.ts";
import type { RunningTurn } from "../turns/accept-turn.ts";

export interface Words {
  thought: string;
  /** Speaks of content, and now and then of a screen that nobody has, as the service does. */
  said: string;
}

const names: Readonly<Record<string, [english: string, chinese: string]>> = {
  media: ["the pictures and songs", "素材"],
  undo: ["the video back to what it was", "内容，恢复到上一次修改之前"],
  length: ["the length", "时长"],
  aspect: ["the aspect ratio", "画面比例"],
  title: ["the title", "标题"],
  "title-seconds": ["how long the title shows", "标题时长"],
  "no-title": ["the title", "标题"],
  music: ["the music", "音乐"],
  volume: ["the volume", "音量"],
  louder: ["the volume", "音量"],
  mood: ["the mood of the music", "音乐风格"],
  reverse: ["the order", "顺序"],
  shuffle: ["the order", "顺序"],
  move: ["the order", "顺序"],
  speed: ["the speed", "速度"],
  zoom: ["the zoom", "缩放"],
  transitions: ["the transitions", "转场"],
  warmth: ["the colours", "色调"],
  brightness: ["the brightness", "亮度"],
};

export function wordsFor(session: Session, turn: RunningTurn): Words {
  const chinese = session.language.startsWith("zh") || /\p{Script=Han}/u.test(turn.record.text);
  const seconds = Math.round((turn.answer.finished ?? turn.answer.draft ?? draftOf(session))?.d ?? 0) / 1000;
  const changed = [...new Set(turn.answer.changed.map((name) => names[name]?.[chinese ? 1 : 0] ?? name))];
  return chinese ? chineseWords(turn, changed, seconds) : englishWords(turn, changed, seconds);
}

function englishWords(turn: RunningTurn, changed: string[], seconds: number): Words {
  const thought = "The user wants a change to the timeline.";
  switch (turn.answer.outcome) {
    case "built":
      return {
        thought: "The user wants a video. I will generate it.",
        said: `Your ${seconds}-second video is ready. Open the timeline panel to preview it, or click the Export button to download it. Music and a title are being added.`,
      };
    case "edited":
      return {
        thought,
        said: `I changed ${changed.join(", ")}. You can preview the result in the timeline. The video is ${seconds} seconds long.`,
      };
    case "answered":
      return {
        thought,
        said:
          changed.length > 0
            ? `Nothing to change: ${changed.join(", ")} already as you asked.`
            : "I did not understand that, so nothing was changed. I know seconds, aspect such as 9:16, a title in quotes, music, order, speed, zoom, transitions and warmer or colder colours.",
      };
  }
}

function chineseWords(turn: RunningTurn, changed: string[], seconds: number): Words {
  const thought = "用户想修改时间线。";
  switch (turn.answer.outcome) {
    case "built":
      return {
        thought: "用户想要一个视频。",
        said: `${seconds}秒的视频已生成。打开时间线面板预览，或点击导出按钮下载。正在添加音乐和标题。`,
      };
    case "edited":
      return { thought, said: `已修改${changed.join("、")}。请在时间线中预览。视频长${seconds}秒。` };
    case "answered":
      return {
        thought,
        said:
          changed.length > 0
            ? `无需修改：${changed.join("、")}已符合要求。`
            : "我没有理解，所以没有做任何修改。可以调整秒数、比例（如9:16）、引号中的标题、音乐、顺序、速度、缩放、转场和冷暖色调。",
      };
  }
}
