import type { Notice } from "../report/notice.ts";
import { headline, messageLines } from "./message-lines.ts";
import { withoutMentions } from "./without-mentions.ts";

/** The longest text that Slack takes in one section. */
const longestText = 3000;

/**
 * The body for an incoming webhook of Slack. `&`, `<` and `>` are all that makes a mention or a link there; servers that
 * understand the same messages (Mattermost, Rocket.Chat) take a bare `@channel` as one, so that is broken up as well.
 */
export function slackMessage(notice: Notice): object {
  const title = plain(headline(notice));
  const lines = messageLines(notice, {
    mostJobs: 5,
    mostText: 200,
    plain,
    strong: (text) => `*${plain(text).replaceAll("*", "∗")}*`,
  });
  const body = lines.filter((line) => line !== "").join("\n");
  return {
    text: title,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [section(`*${title.replaceAll("*", "∗")}*`), ...(body === "" ? [] : [section(body)])],
  };
}

const section = (text: string): object => ({
  type: "section",
  text: { type: "mrkdwn", text: text.slice(0, longestText), verbatim: true },
});

function plain(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return withoutMentions(escaped);
}
