// The messages in docs/notify.md are what the program makes; UPDATE=1 writes them anew.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { discordMessage } from "../../src/notify/discord-message.ts";
import { slackMessage } from "../../src/notify/slack-message.ts";
import { parseRecipe } from "../../src/recipe/parse-recipe.ts";
import { noticeOf } from "../../src/report/notice-of.ts";
import { startMs } from "../report/reports.ts";
import { newsOf, runOf } from "../notify/stories.ts";

const file = fileURLToPath(new URL("../../docs/notify.md", import.meta.url));

const notice = noticeOf(
  {
    ...newsOf(
      runOf([
        { name: "promo-calm", end: "finished", path: "/videos/out/promo-calm.mp4" },
        {
          name: "promo-loud",
          end: "failed",
          message: "the service could not render the draft",
          hint: "nemo-recipe retry goes on from there and pays nothing twice",
        },
        {
          name: "promo-odd",
          end: "needs-you",
          message: "the account's plan does not allow the export",
          hint: "choose another plan at https://nemovideo.com/pricing?ref=cli, then: nemo-recipe resume",
        },
      ]),
    ),
    runId: "run_3k9x0c1m8f2a7d5e",
  },
  { id: "ntc_8w2tq7m4z1x5c9vb", atMs: startMs + 61_000, redact: (text) => text },
);
const messages: Readonly<Record<string, object>> = {
  webhook: notice,
  slack: slackMessage(notice),
  discord: discordMessage(notice),
};

const block = (name: string): RegExp =>
  new RegExp(`(<!-- ${name} -->\n)(?:\n\`\`\`json\n[\\s\\S]*?\n\`\`\`\n)?`);
const json = (name: string): string =>
  JSON.stringify(messages[name], undefined, 2).replaceAll("\u200B", "\\u200b");

describe("docs/notify.md", () => {
  test.each(Object.keys(messages))("shows %s as it is sent", (name) => {
    const text = readFileSync(file, "utf8");
    const fresh = text.replace(
      block(name),
      (_, mark: string) => `${mark}\n\`\`\`json\n${json(name)}\n\`\`\`\n`,
    );
    if (process.env["UPDATE"] === "1") writeFileSync(file, fresh);
    expect(text.includes(`<!-- ${name} -->`)).toBe(true);
    expect(process.env["UPDATE"] === "1" ? fresh : text).toBe(fresh);
  });

  test("shows a recipe that is valid", () => {
    const [, text = ""] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(file, "utf8")) ?? [];
    const { recipe, problems } = parseRecipe([{ file: "promo.yaml", dir: "/", text }]);
    expect(problems).toEqual([]);
    expect(recipe?.notify).toHaveLength(2);
  });
});
