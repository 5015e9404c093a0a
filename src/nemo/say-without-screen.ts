// The agent speaks to people who sit before an editor. Ours do not: what to click goes, what the video shows stays.

const widget =
  /\b(?:button|icon|tab|menu|panel|sidebar|toolbar|dialog|dropdown|drop-down|checkbox|slider|timeline|canvas|workspace|editor|library|settings|export|download|preview|save|share|play|here|below|above|link)\b/i;
/** A clause that tells to use a screen: the verb stands first, where an instruction has it. */
const lead =
  /^(?:(?:and|or|then|so|next|now|first|finally|simply|just|please|also|otherwise|alternatively|when ready|when you(?:'|’)re ready|if you(?:'|’)d like|if you want|to (?:export|download|save|share|preview|view|edit|continue|finish|get)[^,]*)[,\s]+)*(?:you (?:can|may|could|should|need to|have to|must|will need to)\s+(?:now\s+|also\s+|then\s+|simply\s+|just\s+|always\s+)?)?/i;
const verbs = [
  // Of these, the object does not matter: nobody clicks anything but a screen.
  /^(?:double-|right-|left-)?(?:click|tap)\b(?! (?:track|sound|beat|noise))/i,
  /^(?:drag|drop)(?: and drop)?\s+(?:(?:the|a|an|your|any|this|that|it|them|these|those|files?|clips?|images?|photos?|videos?|media)\b)/i,
];
const needsWidget =
  /^(?:open|press|hit|select|choose|use|go to|head to|navigate to|switch to|look (?:at|in)|see|find it in|check out|scroll|hover|toggle|expand)\b/i;
const sayings = [
  /\bpreview (?:it |this |that |the (?:video|result|clip|edit) |your (?:video|result|clip|edit) )?(?:in|on) (?:the|your) timeline\b/i,
  /\b(?:the|an?) export button\b/i,
  /\bcheck (?:your|the) (?:account|billing|subscription)\b/i,
  /\bvisit (?:your|the) (?:account|billing)(?: page| settings)?\b/i,
];
const chinese = [
  /(?:点击(?!率|量)|点选|单击|双击|轻点|右键)/,
  /(?:打开|展开|切换到|进入|前往)[^，。！？；]*(?:面板|菜单|按钮|侧边栏|标签|窗口|页面|设置|时间线|时间轴|编辑器|素材库)/,
  /(?:拖拽|拖动|拖放|拖到|拖入)/,
  /(?:在|到)(?:时间线|时间轴)(?:上|中|里)?(?:进行)?(?:预览|查看)/,
  /(?:导出|下载|预览|播放|保存)(?:按钮|键|图标)/,
  /(?:查看|检查)[^，。！？；]*(?:账户|账单|账号)/,
];

/** The agent's text without what assumes a screen, in English and Chinese. Descriptions of content are kept. */
export function sayWithoutScreen(text: string): string {
  return text
    .split("\n")
    .map((line) => ({ line, said: withoutInstructions(line) }))
    .filter(({ line, said }) => said !== "" || line.trim() === "")
    .map(({ said }) => said)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** One line, sentence by sentence; the list mark before it goes when nothing else is left. */
function withoutInstructions(line: string): string {
  const [, mark = "", rest = line] = /^(\s*(?:[-*•]|\d+[.)])\s+)?(.*)$/.exec(line) ?? [];
  const sentences = rest.match(
    /[^.!?。！？]+(?:[.!?]+(?=\s|$|["'”’)])["'”’)]*|[。！？]+["'”’）]*|[.!?])?\s*|[.!?。！？]+\s*/g,
  );
  const said = joinBroken(sentences ?? [])
    .map(sentenceWithout)
    .join("")
    .trim();
  return /[\p{L}\p{N}]/u.test(said) || said === rest.trim() ? `${said === "" ? "" : mark}${said}` : "";
}

/** A point inside a number, a name or an address ends no sentence. */
function joinBroken(sentences: readonly string[]): string[] {
  const whole: string[] = [];
  for (const sentence of sentences) {
    const before = whole.at(-1);
    if (before !== undefined && /[.!?]$/.test(before)) whole[whole.length - 1] = before + sentence;
    else whole.push(sentence);
  }
  return whole;
}

function sentenceWithout(sentence: string): string {
  const end = /([.!?。！？]+["'”’)）]*)?\s*$/.exec(sentence)?.[0] ?? "";
  const body = sentence.slice(0, sentence.length - end.length);
  const clauses = body.split(
    /((?:[,;:]| [–—-])\s+(?:and |then |or |so )?|\s+(?:and|or|then|and then)\s+(?=(?:click|tap|drag|open|press|hit|select|preview|check|go|use)\b)|[，；、：])/i,
  );
  let kept = "";
  let dropped = false;
  for (let index = 0; index < clauses.length; index += 2) {
    const clause = clauses[index] ?? "";
    if (isInstruction(clause)) dropped = true;
    else if (!(dropped && isPurpose(clause)))
      kept += kept === "" ? clause : (clauses[index - 1] ?? "") + clause;
  }
  if (!dropped) return sentence;
  const said = kept.replace(/[\s,;:，；、：–—-]+$/, "").trim();
  // A condition or an aim of what was dropped says nothing alone.
  if (said === "" || isPurpose(said)) return "";
  return (
    said.replace(/^\p{Ll}/u, (letter) => (/^\p{Lu}/u.test(body.trim()) ? letter.toUpperCase() : letter)) + end
  );
}

const isPurpose = (clause: string): boolean =>
  /^\s*(?:(?:and |then )?(?:to|when|once|if|in order to|for)\b|(?:以|来|即可|就可以|就能|然后|接着|并|请|如需|如果|当|要)|(?:下载|导出|保存|预览|查看)[^，。]{0,12}$)/i.test(
    clause,
  );

function isInstruction(clause: string): boolean {
  const bare = clause.trim().replace(lead, "");
  if (verbs.some((verb) => verb.test(bare))) return true;
  if (needsWidget.test(bare) && widget.test(bare) && namesWidget(bare)) return true;
  return sayings.some((saying) => saying.test(clause)) || chinese.some((saying) => saying.test(clause));
}

/** "Open the export panel" is for a screen, "Open with a wide shot of the canvas tent" is not. */
const namesWidget = (clause: string): boolean =>
  /\b(?:button|icon|tab|menu|panel|sidebar|toolbar|dialog|drop-?down|checkbox|slider|timeline|workspace|editor|library|settings)\b/i.test(
    clause,
  ) || /^(?:press|hit|select|choose)\s+["“'*]*(?:export|download|preview|save|share|play)\b/i.test(clause);
