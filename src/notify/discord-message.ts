import type { Notice } from "../report/notice.ts";
import { headline, messageLines } from "./message-lines.ts";
import { withoutMentions } from "./without-mentions.ts";

const longestContent = 2000;
const suppressEmbeds = 4;

/** The body for a webhook of Discord. `allowed_mentions` alone keeps everybody from being called; the rest is for looks. */
export function discordMessage(notice: Notice): object {
  const lines = messageLines(notice, { mostJobs: 3, mostText: 120, plain, strong });
  const content = [strong(headline(notice)), ...lines.filter((line) => line !== "")].join("\n");
  return {
    content: content.slice(0, longestContent),
    flags: suppressEmbeds,
    allowed_mentions: { parse: [] },
  };
}

const strong = (text: string): string => `**${plain(text)}**`;

const plain = (text: string): string =>
  withoutMentions(
    text.replace(/[\\*_~`|<>#[\]]/g, (mark) => `\\${mark}`).replace(/^([-+]|\d+\.)(?=\s)/, "\\$1"),
  );
