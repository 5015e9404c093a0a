const lead =
  /^.*?\b(?:videos?|clips?|slideshows?|films?|movies?|reels?|promos?|animations?)\b(?:\s+(?:of|about|showing|with|on|for|from))?\s*/i;
const tail = /\s*(?:,|;|\.|\bwith\b|\bin \d|\bfor \d|\bat \d|\blasting\b|\busing\b|，|。).*$/i;
const chinese = /(?:关于|以)?([^，。,]{1,24}?)的?(?:视频|短片|影片)/;
const chineseLead = /^.*?(?:制作|生成|创建|做)(?:成)?(?:一|新)?(?:个|段|条|支)?/;

/** A short title for what a prompt describes: "make a 10-second video of a sunset" is about "A sunset". */
export function subjectOf(prompt: string, hasMedia: boolean): string {
  const han = /\p{Script=Han}/u.test(prompt);
  if (hasMedia) return han ? "精彩瞬间" : "Moments";
  const subject = han ? chineseSubject(prompt) : prompt.replace(lead, "").replace(tail, "");
  const short = subject.replace(/\s+/g, " ").trim().slice(0, 60);
  if (short === "") return han ? "视频" : "Untitled";
  return short.charAt(0).toUpperCase() + short.slice(1);
}

function chineseSubject(prompt: string): string {
  const body = prompt.replace(chineseLead, "").replace(/^[\d一二三四五六七八九十]+ ?(?:秒|分钟)的?/, "");
  return chinese.exec(body)?.[1] ?? body;
}
