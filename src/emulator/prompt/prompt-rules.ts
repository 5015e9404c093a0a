import type { Edit } from "./edit.ts";
import { numberPattern, readNumber } from "./read-numbers.ts";

/** One thing people ask for: when the pattern is found, these edits are meant. */
interface Rule {
  find: RegExp;
  means(match: RegExpExecArray): Edit[];
}

const n = `(${numberPattern})`;
const secondsAt = (match: RegExpExecArray, unit: string | undefined, index = 1): number =>
  readNumber(match[index] ?? "") * (unit !== undefined && /^(?:m|分)/i.test(unit) ? 60 : 1);
const always =
  (...edits: Edit[]): (() => Edit[]) =>
  () =>
    edits;
const sizes: Readonly<Record<string, [number, number]>> = {
  "16:9": [1920, 1080],
  "9:16": [1080, 1920],
  "1:1": [1080, 1080],
  "4:5": [1080, 1350],
};
const aspect = (name: string): Edit[] => {
  const size = sizes[name];
  return size === undefined ? [] : [{ kind: "aspect", width: size[0], height: size[1] }];
};

/** Rules are tried in order; each takes its words out of the prompt, so that no later rule reads them again. */
const rules: readonly Rule[] = [
  // Both at once, before each alone.
  {
    find: /\b(?:no|without|remove|delete|drop)(?: the| a| any)? (?:music,? (?:or|and)(?: the| a| any)? (?:titles?|text)|(?:titles?|text),? (?:or|and)(?: the| a| any)? music)\b/i,
    means: always({ kind: "music", on: false }, { kind: "no-title" }),
  },
  {
    find: /(?:no|without|remove|delete|drop|hide|turn off) (?:the |a |any )?(?:titles?|captions?|text overlays?|text)\b|(?:去掉|删除|移除|不要|取消)(?:标题|字幕|文字)/i,
    means: always({ kind: "no-title" }),
  },
  {
    find: new RegExp(
      String.raw`(?:for|during|in) the (?:first|opening) ${n} ?(?:seconds?|secs?|s)\b|(?:前|开头)${n} ?秒`,
      "i",
    ),
    means: (match) => [{ kind: "title-seconds", seconds: readNumber(match[1] ?? match[2] ?? "") }],
  },
  // Speed.
  {
    find: new RegExp(
      String.raw`(?:at )?${n} ?(?:x|×|times)(?: (faster|slower|the speed|speed|as fast))?|(?:at )?(half|double) (?:the )?speed|twice as (fast|slow)`,
      "i",
    ),
    means: (match) => [{ kind: "speed", factor: speedOf(match) }],
  },
  { find: new RegExp(`(加速|减速|放慢)(?:到|至)?${n}倍`), means: (match) => chineseSpeed(match) },
  {
    find: /\b(?:faster|speed (?:it |this |the video )?up|quicker)\b|加速|快一?点|更快/i,
    means: always({ kind: "speed", factor: 1.5 }),
  },
  {
    find: /\b(?:slower|slow (?:it |this |the video )?down|slow[- ]motion)\b|放慢|减速|慢动作|慢一?点|更慢/i,
    means: always({ kind: "speed", factor: 0.5 }),
  },
  // Aspect.
  { find: /\b(16:9|9:16|1:1|4:5)\b/, means: (match) => aspect(match[1] ?? "") },
  {
    find: /\b(?:vertical|portrait|for phones?|for (?:tiktok|reels?|shorts|stories))\b|竖屏|竖版|竖向/i,
    means: always(...aspect("9:16")),
  },
  {
    find: /\b(?:horizontal|landscape (?:format|video|mode)|widescreen)\b|横屏|横版/i,
    means: always(...aspect("16:9")),
  },
  { find: /\bsquare\b|方形|正方/i, means: always(...aspect("1:1")) },
  // Music.
  {
    find: new RegExp(String.raw`(?:volume|music)\D{0,24}?${n} ?%|音量\D{0,8}?${n} ?%`, "i"),
    means: (match) => [{ kind: "volume", volume: Math.min(1, readNumber(match[1] ?? match[2] ?? "") / 100) }],
  },
  {
    find: /\b(?:no|without|remove|delete|drop|mute|turn off|stop) (?:the |any |all )?(?:background )?(?:music|sound|audio|song|soundtrack|bgm)\b|\bmute(?:d)?\b|\bsilent\b|静音|(?:去掉|删除|移除|不要|关闭|取消)(?:背景)?(?:音乐|声音)/i,
    means: always({ kind: "music", on: false }),
  },
  {
    find: /\b(?:music|volume|sound|it) (?:a (?:bit|little) )?(?:louder|up)\b|\blouder\b|(?:音乐|声音|音量)?(?:大一?点|更大|调高)/i,
    means: always({ kind: "louder", step: 0.2 }),
  },
  {
    find: /\b(?:quieter|softer|lower (?:the )?(?:music|volume)|turn down (?:the )?(?:music|volume))\b|(?:音乐|声音|音量)(?:小一?点|更小|调低)/i,
    means: always({ kind: "louder", step: -0.2 }),
  },
  { find: /\b(?:music|bgm|soundtrack|song)\b|音乐|配乐/i, means: always({ kind: "music", on: true }) },
  {
    find: /\b(calm|gentle|relaxing|peaceful|energetic|upbeat|lively|lo-?fi|cinematic|epic)\b/i,
    means: (match) => [{ kind: "mood", name: moodOf(match[1] ?? "") }],
  },
  { find: /平静|舒缓|轻柔/, means: always({ kind: "mood", name: "Calm" }) },
  { find: /欢快|活泼|动感/, means: always({ kind: "mood", name: "Upbeat" }) },
  // Order.
  { find: /\b(?:reverse|backwards?|opposite order)\b|倒序|反序|颠倒/i, means: always({ kind: "reverse" }) },
  { find: /\b(?:shuffle|random order)\b|打乱|随机顺序/i, means: always({ kind: "shuffle" }) },
  {
    find: /\b(?:put|move|show|place) (?:the )?(?:(?:photo|picture|image|clip|video|shot) (?=\d))?([\w.-]+)(?: (?:photo|picture|image|clip|video|shot|one))? (?:to the (?:start|front|beginning|end)|(?:at the )?(?:first|last|start|end))\b/i,
    means: (match) => moveOf(match),
  },
  {
    find: new RegExp(
      `把?(第${n}(?:张|个|段)|最后一?(?:张|个|段))(?:照片|图片|视频)?(?:放|移)(?:到|在)?(最前|第一|开头|最后|末尾)`,
    ),
    means: (match) => [
      {
        kind: "move",
        which: match[1]?.startsWith("最后") === true ? -1 : readNumber(match[2] ?? ""),
        to: /最后|末尾/.test(match[3] ?? "") ? "last" : "first",
      },
    ],
  },
  // Pictures.
  {
    find: /\b(?:no|without|remove|stop|turn off) (?:the |any |slow )?(?:zoom(?:ing)?|ken burns)\b|(?:去掉|不要|取消|关闭)缩放/i,
    means: always({ kind: "zoom", on: false }),
  },
  { find: /\b(?:zoom(?:ing)?|ken burns)\b|缩放|推镜/i, means: always({ kind: "zoom", on: true }) },
  {
    find: /\b(?:no|without|remove|turn off) (?:the |any )?(?:transitions?|cross-?fades?|fades?)\b|\b(?:hard|straight) cuts?\b|(?:去掉|不要|取消)(?:转场|过渡|淡入淡出)/i,
    means: always({ kind: "transitions", on: false }),
  },
  {
    find: /\b(?:transitions?|cross-?fades?|fades?|dissolves?)\b|转场|过渡|淡入淡出/i,
    means: always({ kind: "transitions", on: true }),
  },
  { find: /\bwarm(?:er|ly)?\b|暖/i, means: always({ kind: "warmth", step: 1 }) },
  {
    find: /\b(?:cold(?:er)?|cooler|cool(?= colou?r| tone| light| look))\b|冷/i,
    means: always({ kind: "warmth", step: -1 }),
  },
  { find: /\bbright(?:er|en)\b|亮一?点|更亮|调亮/i, means: always({ kind: "brightness", step: 1 }) },
  { find: /\bdark(?:er|en)\b|暗一?点|更暗|调暗/i, means: always({ kind: "brightness", step: -1 }) },
  // Length comes last: the seconds of a title are gone by now.
  {
    find: new RegExp(String.raw`${n}[- ]?(seconds?|secs?|s|minutes?|mins?)\b|${n} ?(秒|分钟)`, "i"),
    means: (match) => [
      {
        kind: "length",
        seconds: match[1] === undefined ? secondsAt(match, match[4], 3) : secondsAt(match, match[2]),
      },
    ],
  },
];

const quoted = /"([^"]+)"|“([^”]+)”|「([^」]+)」|『([^』]+)』|《([^》]+)》|«([^»]+)»|(?<!\w)'([^']+)'(?!\w)/;

/** Everything in a prompt that the rules understand, in their order; nothing when they understand nothing. */
export function readPrompt(prompt: string): Edit[] {
  const edits: Edit[] = [];
  const quote = quoted.exec(prompt);
  const title = quote
    ?.slice(1)
    .find((group) => group !== undefined)
    ?.trim();
  let rest = prompt.replaceAll(new RegExp(quoted, "g"), "\u0001");
  if (title !== undefined && title !== "") edits.push({ kind: "title", text: title });
  for (const rule of rules) {
    const match = rule.find.exec(rest);
    if (match === null) continue;
    edits.push(...rule.means(match));
    rest = rest.replace(rule.find, " ");
  }
  const off = edits.some((edit) => edit.kind === "no-title");
  return edits.filter((edit) => sensible(edit) && !(off && edit.kind === "title"));
}

function sensible(edit: Edit): boolean {
  if (edit.kind === "length" || edit.kind === "title-seconds") return edit.seconds > 0 && edit.seconds <= 600;
  return edit.kind !== "speed" || (edit.factor >= 0.1 && edit.factor <= 10);
}

function speedOf(match: RegExpExecArray): number {
  if (match[3] !== undefined) return match[3].toLowerCase() === "half" ? 0.5 : 2;
  if (match[4] !== undefined) return match[4].toLowerCase() === "slow" ? 0.5 : 2;
  const factor = readNumber(match[1] ?? "");
  return match[2]?.toLowerCase() === "slower" ? 1 / factor : factor;
}

function chineseSpeed(match: RegExpExecArray): Edit[] {
  const factor = readNumber(match[2] ?? "");
  return [{ kind: "speed", factor: match[1] === "加速" || factor < 1 ? factor : 1 / factor }];
}

function moodOf(word: string): string {
  if (/calm|gentle|relax|peace/i.test(word)) return "Calm";
  if (/energ|upbeat|live/i.test(word)) return "Upbeat";
  return /lo-?fi/i.test(word) ? "Lo-fi" : "Cinematic";
}

function moveOf(match: RegExpExecArray): Edit[] {
  const word = match[1] ?? "";
  const number = readNumber(word);
  const to = /(?:end|last)$/i.test(match[0]) ? "last" : "first";
  return [{ kind: "move", which: Number.isNaN(number) ? word : number, to }];
}
