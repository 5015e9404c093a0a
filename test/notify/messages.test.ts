// What is told: each rule in each shape, text from outside that wants to do harm, and a run that is large.
import { describe, expect, test } from "vitest";
import { Secrets } from "../../src/cli/redact.ts";
import { addressSecrets } from "../../src/notify/address-secrets.ts";
import { discordMessage } from "../../src/notify/discord-message.ts";
import { slackMessage } from "../../src/notify/slack-message.ts";
import { occasions } from "../../src/report/news.ts";
import type { Occasion } from "../../src/recipe/recipe.ts";
import type { Notice } from "../../src/report/notice.ts";
import { newsOf, noticeFor, runOf, type Ending } from "./stories.ts";

const shapes = {
  webhook: (notice: Notice): object => notice,
  slack: slackMessage,
  discord: discordMessage,
} as const;
type Shape = keyof typeof shapes;
const allShapes = Object.keys(shapes) as Shape[];

const ends: readonly Occasion[] = ["failed", "finished", "needs-you", "budget"];
const textOf = (shape: Shape, notice: Notice): string => JSON.stringify(shapes[shape](notice));

describe("each rule in each shape", () => {
  test.each(ends.flatMap((end) => allShapes.map((shape) => ({ end, shape }))))(
    "$end as $shape says the job and what became of it",
    ({ end, shape }) => {
      const reports = runOf([{ name: "promo", end, message: "no luck" }]);
      expect(occasions(newsOf(reports))).toEqual([end]);
      const text = textOf(shape, noticeFor(reports));
      expect(text).toContain("promo");
      expect(text).toContain(end === "finished" ? "out/promo.mp4" : "no luck");
      if (shape !== "webhook")
        expect(text).toContain(end === "failed" ? "✗" : end === "finished" ? "✓" : "!");
    },
  );

  test("a notice has counts, credits, files and the next step", () => {
    const notice = noticeFor(
      runOf([
        { name: "one", end: "finished" },
        { name: "two", end: "failed", hint: "look at it" },
        { name: "three", end: "needs-you" },
      ]),
    );
    expect(notice).toMatchObject({
      id: "ntc_1",
      on: ["failed", "needs-you", "finished"],
      title: "promo: 1 failed, 1 needs you, 1 done",
      run: "run_1",
      counts: { finished: 1, failed: 1, needsYou: 1, budget: 0 },
      credits: 21,
      local: false,
      elapsedMs: 61_000,
      more: 0,
    });
    expect(notice.jobs.map(({ name, end }) => `${name} ${end}`)).toEqual([
      "two failed",
      "three needs-you",
      "one finished",
    ]);
    expect(notice.jobs[0]?.trouble?.next).toBe("look at it");
    expect(notice.jobs[2]?.files[0]).toMatchObject({ path: "/out/one.mp4", shownPath: "out/one.mp4" });
  });

  test("what was made before, and what was stopped, is no occasion", () => {
    const [started, finished] = runOf([]) as [ReturnType<typeof runOf>[0], ReturnType<typeof runOf>[0]];
    const skip = (reason: "up-to-date" | "stopped" | "busy"): typeof started => ({
      type: "job-skipped",
      atMs: 0,
      job: { jobId: "job_1", name: "promo", recipe: "promo", index: 0, total: 1 },
      reason,
    });
    const news = newsOf([started, skip("up-to-date"), skip("stopped"), skip("busy"), finished]);
    expect(occasions(news)).toEqual([]);
    expect(news.counts).toMatchObject({ upToDate: 1, interrupted: 1 });
  });
});

describe("text from outside", () => {
  const calls = [
    "<!channel>",
    "<!here|x>",
    "<@U024BE7LH>",
    "<https://evil.test|click>",
    "@everyone",
    "@here",
    "＠channel",
    "<@&1234>",
    "<#C1>",
    "\u001B[31mred\u0007",
    "\u202Egnp",
  ];
  const hostile = (text: string): Notice =>
    noticeFor(
      runOf([
        { name: text, end: "failed", message: `${text} & more`, hint: text, recipe: text },
        { name: `${text}-2`, end: "finished", path: `/out/${text}.mp4` },
      ]),
    );

  test.each(calls)("%j calls nobody and drives no terminal", (text) => {
    const slack = slackMessage(hostile(text)) as { text: string; blocks: { text: { text: string } }[] };
    for (const shown of [slack.text, ...slack.blocks.map((block) => block.text.text)]) {
      expect(shown).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      expect(shown).not.toMatch(/[@＠](?!\u200B)/);
    }
    const discord = discordMessage(hostile(text)) as { content: string; allowed_mentions: object };
    expect(discord.allowed_mentions).toEqual({ parse: [] });
    expect(discord.content).not.toMatch(/[@＠](?!\u200B)|(?<!\\)[<>]/);
    for (const shape of allShapes)
      expect(textOf(shape, { ...hostile(text), jobs: [] })).not.toMatch(/\\u001b|\\u0007|\u202E/i);
  });

  test("links lose all but their host, and secrets go whatever they are wrapped in", () => {
    const secrets = new Secrets();
    const hook = "https://hooks.slack.test/services/T000/B000/abcdefghijklmnopqrst";
    secrets.add("canary value 123", ...addressSecrets(hook));
    const message = `see https://cdn.test/a.mp4?sign=SIGNED, https://me:pw@host.test/x, https://web.test/claim/clm_abcdefgh, ${hook}, canary\u200B value 123, abcdefghijklmnopqrst`;
    const notice = noticeFor(
      runOf([{ name: "promo", end: "failed", message, hint: message }]),
      secrets.redact,
    );
    for (const shape of allShapes) {
      const text = textOf(shape, notice);
      expect(text).toContain("cdn.test/…");
      expect(text).not.toMatch(/SIGNED|pw@|clm_abc|abcdefghijkl|services\/T000|canary value/);
    }
  });
});

describe("a digest of 200 jobs", () => {
  const endings: Ending[] = Array.from({ length: 200 }, (_, index) => ({
    name: `job-${index}`,
    end: index % 4 === 3 ? "failed" : "finished",
    message: "x".repeat(5_000),
    path: `/out/${"long/".repeat(50)}${index}.mp4`,
  }));
  const notice = noticeFor(runOf(endings));

  test("is one message that tells the numbers and the first of each kind", () => {
    expect(notice.counts).toMatchObject({ finished: 150, failed: 50 });
    expect(notice.title).toBe("promo: 50 failed, 150 done");
    expect(notice.jobs).toHaveLength(40);
    expect(notice.more).toBe(160);
    expect(JSON.stringify(notice).length).toBeLessThan(50_000);
  });

  test("fits what Slack and Discord take", () => {
    const slack = slackMessage(notice) as { blocks: { text: { text: string } }[] };
    for (const block of slack.blocks) expect(block.text.text.length).toBeLessThanOrEqual(3000);
    const said = JSON.stringify(slack);
    expect(said).toContain("and 45 more: nemo-recipe show run_1");
    const { content } = discordMessage(notice) as { content: string };
    expect(content.length).toBeLessThanOrEqual(2000);
    expect(content).toContain("and 47 more: nemo-recipe show run\\_1");
    expect(content).toContain("1m01s · 1400 credits");
  });
});
