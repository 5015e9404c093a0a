import { exportInWords } from "./export-in-words.ts";
import type { Wish } from "./wish.ts";

const format = String.raw`\.?(mp4|mov|avi|webm|mkv|gif)`;
/** What people wrap a wish in. */
const politeBefore =
  /^(?:(?:hey|hi|ok(?:ay)?|so|now|and|then|great|perfect|nice|cool|good|thanks|thank you|yes|well|alright|please|pls|just|go ahead and|(?:can|could|would|will) (?:you|we|i)(?: please)?|i(?:'d| would) like(?: you)? to|i(?: want|'d like| need)(?: you)? to|let(?:'s| us)|let me|time to|you (?:can|may))\b[\s,.!-]*)+/i;
/** Content with what there is, before what is asked for. */
const praise =
  /^(?:(?:(?:that|this|it|everything|all)(?:'s| is| looks| are)?|looks|i(?:'m| am)(?: very| so)?) )?(?:so |really |very |just |all )?(?:good|great|perfect|fine|nice|awesome|amazing|wonderful|lovely|beautiful|excellent|done|ready|happy|love it)(?: (?:enough|now|with (?:it|this|that)|to))?\b[\s,.!:-]+(?:and )?/i;
const politeAfter =
  /[\s,]*(?:(?:please|pls|now|then|thanks|thank you|for me|again|ok(?:ay)?|right now|asap)[\s,]*)+$/i;
const politeChinese =
  /^(?:(?:请|麻烦(?:你|您)?|帮(?:我|忙)|给我|现在|很?好的?[，,]?|太好了|不错|完美|没问题|就这样|满意|可以|能不能|能|我(?:想|要|想要)|那就?|然后|再(?!见))[\s，,!！.。]*)+/;
const politeChineseAfter = /(?:[\s，,]*(?:吧|吗|呢|一下|一次|下来|来|了|谢谢|好吗|可以吗))+$/;

const video = String.raw`(?:(?:the|my|this|that|our|a|your) )?(?:(?:final|finished|whole|new|current|edited) )?(?:video|clip|movie|film|file|result|project|it|this|that|everything)`;
const inQuality = String.raw`(?: (?:in|at|with) (low|medium|high) quality)?`;
const asFormat = String.raw`(?: (?:as|to|in|into)(?: an?)? ${format}(?: (?:file|format|video))?)?`;

const exports: readonly RegExp[] = [
  new RegExp(`^(?:export|download|render out)(?: ${video})?${asFormat}${inQuality}$`, "i"),
  new RegExp(`^(?:export|download)(?: an?| the)? ${format}(?: (?:file|version|video))?${inQuality}$`, "i"),
  new RegExp(
    `^(?:send|give|get|show|hand|mail)(?: me)? (?!everything|it$|this$|that$)${video}${asFormat}${inQuality}$`,
    "i",
  ),
  new RegExp(
    `^(?:have|get|save)(?! this$| that$| it$| everything$| (?:the |my |this |that )?project$) ?${video}${asFormat}${inQuality}$`,
    "i",
  ),
  new RegExp(
    `^(?:save|convert|render) ${video} (?:as|to|in|into)(?: an?)? ${format}(?: file| format)?${inQuality}$`,
    "i",
  ),
  new RegExp(`^(?:send|give|mail|hand) ${video} to me${asFormat}$`, "i"),
  new RegExp(`^i (?:want|need)(?: to have)? (?!a |everything|it|this|that)${video}${asFormat}$`, "i"),
  new RegExp(`^(?:do|make|start|run)? ?(?:the|an?|another)? ?${format}? ?export${asFormat}$`, "i"),
];
/** What nobody would call an edit, and what is no format here: it is said which there are. */
const otherFormat = String.raw`\.?(mp[1235-9]|mpe?g|m4v|wmv|flv|ogv|3gp|h\.?26[45]|hevc|prores|apng|webp|gifs)`;
const exportsOther: readonly RegExp[] = [
  new RegExp(`^(?:export|download)(?: ${video})? (?:as|to|in|into)(?: an?)? ${otherFormat}$`, "i"),
  new RegExp(`^(?:export|download)(?: an?| the)? ${otherFormat}$`, "i"),
  new RegExp(`^(?:导出|下载)(?:成|为|到)? ?${otherFormat} ?(?:格式|文件)?$`, "i"),
];
const exportsChinese: readonly RegExp[] = [
  new RegExp(
    `^(?:把|将)?(?:这个|最终的?|整个)?(?:视频|片子|文件|成片|作品|它)?(?:导出|下载)(?:这个|最终的?|整个)?(?:视频|片子|文件|成片|作品|它)?(?:(?:成|为|到|格式)(?:为|成)? ?${format} ?(?:格式|文件)?)?$`,
    "i",
  ),
  new RegExp(`^(?:导出|下载) ?${format} ?(?:格式|文件|视频)?(?:的?视频)?$`, "i"),
  /^(?:把|将)(?:这个|最终的?|整个)?(?:视频|片子|文件|成片|作品)(?:发送?|传|给)(?:给)?我$/,
  /^(?:视频|片子|成片|文件)(?:发送?|传|给)(?:给)?我$/,
  /^(?:发送?|传|保存)(?:给)?我?(?:这个)?(?:视频|片子|成片|文件)(?:给我)?$/,
  /^(?:把|将)(?:这个|最终的?|整个)?(?:视频|片子|文件|成片|作品)(?:保存|存)$/,
];

/** Wishes that have nothing to say besides themselves. */
const plain: readonly (readonly [Wish, RegExp])[] = [
  [
    { to: "credits" },
    /^(?:(?:show|check|see|view|tell|what(?:'s| is| are)|get)(?: me)? )?(?:(?:my|the|our|account) )*(?:credits?|balance|credit balance)(?: (?:left|balance|remaining|do i have(?: left)?|is left|are left|status))?$/i,
  ],
  [{ to: "credits" }, /^(?:check|show|view|see)(?: me)?(?: the| my)? (?:account|billing)(?: balance)?$/i],
  [
    { to: "credits" },
    /^how (?:many|much)(?: \w+)? ?credits?(?: (?:do i (?:still )?have|are|is|have i)(?: (?:left|got|there|remaining))?| left| remaining)?$/i,
  ],
  [{ to: "credits" }, /^(?:do i|have i) (?:still )?(?:have|got) (?:any |enough )?credits?(?: left)?$/i],
  [
    { to: "credits" },
    /^(?:查看?|看看?|查询|显示)?(?:一下)?(?:我的?|账户的?|账号的?|剩余的?|当前的?)*(?:积分|余额|点数)(?:余额)?(?:还剩|还有|剩|有|是)?(?:多少|几个|几分)?(?:了|积分)?$/,
  ],
  [{ to: "credits" }, /^(?:我|账户|现在)*(?:还)?(?:剩下?|有)(?:多少|几个?)(?:积分|余额|点数)$/],
  [
    { to: "status" },
    /^(?:(?:show|check|see|view|list|print|display|what(?:'s| is| are)|get)(?: me)? )?(?:(?:the|my|our|all|current|project|video) )*(?:status|tracks?|timeline|state|progress)(?: (?:so far|summary|status|of (?:it|this|the (?:video|project))|look like))?$/i,
  ],
  [
    { to: "status" },
    /^what(?:'s| is) (?:on|in|there on) (?:the |my )?(?:timeline|tracks?|video|draft)(?: (?:so far|now|at the moment))?$/i,
  ],
  [
    { to: "status" },
    /^(?:what have (?:we|i|you) (?:got|made|done)|where are we|how far are we)(?: so far)?$/i,
  ],
  [
    { to: "status" },
    /^(?:查看?|看看?|显示|列出)?(?:一下)?(?:当前的?|现在的?|项目的?|视频的?|目前的?|所有的?)*(?:状态|进度|轨道|时间线|时间轴)(?:列表|情况|信息)?(?:怎么样了?|如何|是什么)?$/,
  ],
  [{ to: "status" }, /^(?:is it|are we|is the video) (?:done|ready|finished)(?: yet)?$/i],
  [{ to: "status" }, /^how(?:'s| is) it (?:going|coming along)$|^how far is it$/i],
  [{ to: "status" }, /^(?:做|弄|生成|处理|完成)(?:好|完)?$|^(?:进行得?)?怎么样$|^到哪(?:一步|儿)?$/],
  [
    { to: "preview" },
    /^(?:(?:show|give|make|get|see)(?: me)? )?(?:(?:a|the) )?(?:quick )?preview(?: (?:it|of (?:it|this|the video|the draft)|the (?:video|draft)))?$/i,
  ],
  [{ to: "preview" }, /^(?:看看?|显示|生成)?(?:一下)?(?:视频)?(?:的)?预览(?:一下)?(?:视频|草稿)?$/],
  [
    { to: "undo" },
    /^(?:undo(?: (?:it|this|that|the last (?:change|edit|step|one)|my last (?:change|edit)|last (?:change|edit)))?|(?:go|step) back(?: one step)?|revert(?: (?:it|that|this|the last (?:change|edit)))?|take (?:it|that) back)$/i,
  ],
  [
    { to: "undo" },
    /^(?:撤销|撤回|还原|取消)(?:上一步|上一次|刚才)?的?(?:操作|修改|编辑|改动)?$|^(?:退|返)回上一步$/,
  ],
  [{ to: "help" }, /^(?:help(?: me)?|what can (?:you|i) do(?: here)?|commands|\?|how does this work)$/i],
  [
    { to: "help" },
    /^how (?:do|can|should) (?:i|we|you) (?:export|download|save|upload|undo|quit)(?: (?:it|this|(?:the|my|a) (?:video|file|photo|change)))?$/i,
  ],
  [{ to: "help" }, /^(?:怎么|如何|怎样)(?:才能)?(?:导出|下载|保存|上传|撤销|退出)(?:视频|文件)?$/],
  [{ to: "help" }, /^(?:帮助|怎么用|(?:你)?能做什么|命令(?:列表)?|？)$/],
  [{ to: "quit" }, /^(?:quit|exit|bye|good ?bye|close|i(?:'m| am) done|that(?:'s| is) (?:all|it)|:q!?)$/i],
  [{ to: "quit" }, /^(?:退出|再见|拜拜|结束(?:对话|聊天)?|没有了|关闭)$/],
  [
    { to: "link" },
    /^(?:(?:give|send|show|get)(?: me)? )?(?:(?:the|a|my|claim) )*(?:claim )?link(?: (?:to (?:it|this|the (?:session|project|editor|workspace)|open it(?: in (?:a|the|my) browser)?)))?$/i,
  ],
  [
    { to: "link" },
    /^open (?:it|this|the (?:session|project)) in (?:a|the|my) (?:browser|editor|workspace)$/i,
  ],
  [{ to: "link" }, /^(?:链接|认领链接|发(?:个)?链接(?:给我)?|(?:把)?链接(?:发)?给我|在浏览器(?:中|里)打开)$/],
  [
    { to: "save" },
    /^(?:save|keep|store)(?: (?:it|this|that|everything|recipe|(?:the|this|our|a) (?:conversation|chat|recipe|project)))?(?: as (?:a |the )?recipe)?$/i,
  ],
  [{ to: "save" }, /^(?:保存|存)(?:为|成|一下)?(?:这个|对话|当前)?(?:配方|菜谱|食谱|对话|项目)?$/],
];

const savesAs =
  /^(?:(?:save|keep)(?: (?:it|this|that|(?:the |this )?(?:chat|conversation|recipe)))? (?:as|to|in)|保存(?:为|到|成)) ?(\S+\.ya?ml)$/i;
const uploadBare =
  /^(?:upload|attach|import)(?:\s+(?:the|my|a|an|some|more|these|this))*(?:\s+(?:files?|photos?|pictures?|images?|videos?|clips?|media|music|songs?|logo))?$/i;
const uploadChinese =
  /^上传(?:一?(?:个|张|段|些))?(?:我的|这个|这些|这张)?(?:文件|照片|图片|视频|素材|音乐)?$/;

/** The wish that the whole message is; undefined where it says anything besides. */
export function askedFor(message: string): Wish | undefined {
  const text = bare(message);
  for (const pattern of [...exports, ...exportsOther]) {
    const match = pattern.exec(text);
    if (match !== null) return exportRoute(match);
  }
  for (const pattern of exportsChinese) {
    const match = pattern.exec(text);
    if (match !== null) return exportRoute(match);
  }
  const inWords = exportInWords(text);
  if (inWords !== undefined) return inWords;
  const [, file] = savesAs.exec(text) ?? [];
  if (file !== undefined) return { to: "save", file };
  const found = plain.find(([, pattern]) => pattern.test(text));
  return found?.[0] ?? (isUpload(text) ? { to: "upload", paths: "" } : undefined);
}

/** Without politeness, and without the signs that end a sentence. */
function bare(message: string): string {
  let text = message.normalize("NFKC").trim().replace(/\s+/g, " ").replaceAll("’", "'");
  for (let before = ""; before !== text;) {
    before = text;
    const shorter = text
      .replace(/(?<=.)[\s.!?。！？…~]+$/u, "")
      .replace(/\p{Extended_Pictographic}+$/u, "")
      .trim();
    text = [politeBefore, praise, politeAfter, politeChinese, politeChineseAfter].reduce((rest, polite) => {
      const less = rest.replace(polite, "").trim();
      return less === "" ? rest : less;
    }, shorter);
  }
  return text;
}

function exportRoute(match: RegExpExecArray): Wish {
  const words = match.slice(1).flatMap((word) => (word === undefined ? [] : [word.toLowerCase()]));
  const quality = words.find((word) => word === "low" || word === "medium" || word === "high");
  const format = words.find((word) => word !== quality);
  const isQuality = quality === "low" || quality === "medium" || quality === "high";
  return { to: "export", ...(format !== undefined && { format }), ...(isQuality && { quality }) };
}

/** True for what asks to upload and names nothing: files that stand beside it are taken out before. */
export function isUpload(text: string): boolean {
  return uploadBare.test(text) || uploadChinese.test(text);
}
