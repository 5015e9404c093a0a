import { describe, expect, it } from "vitest";
import { Failure, type FailureFacts } from "../../src/base/failure.ts";
import { judgeAnswer } from "../../src/nemo/judge-answer.ts";
import type { CallName, RefusalContext } from "../../src/nemo/refusal.ts";

const context = (
  call: CallName,
  account: RefusalContext["account"] = "anonymous",
): Omit<RefusalContext, "said"> => ({
  call,
  account,
  registerUrl: "https://web.example/register?bind=anon_1",
  webUrl: "https://web.example",
  retryAfterMs: 12_000,
});

function judge(status: number, body: unknown, where = context("state")): FailureFacts {
  try {
    judgeAnswer({ status, text: typeof body === "string" ? body : JSON.stringify(body) }, where);
  } catch (error) {
    if (error instanceof Failure) return error.facts;
    throw error;
  }
  throw new Error("expected a Failure");
}

/** Each code of the service: what it becomes, and what the hint must name; of a lost session the
 * job tells the next step, which depends on what was paid. */
const codes: readonly (readonly [number, number, CallName, string, RegExp | undefined])[] = [
  [1001, 401, "state", "unauthorized", /resume/],
  [1002, 404, "turn", "session-lost", undefined],
  [2001, 402, "turn", "no-credits", /register\?bind=anon_1/],
  [4001, 415, "upload", "file-refused", /mp4 mov avi webm mkv, jpg jpeg png gif webp, mp3 wav m4a aac/],
  [4002, 413, "upload", "file-too-large", /Compress/],
  [400, 400, "token", "bad-request", /NEMO_CLIENT_ID/],
  [402, 402, "render", "export-blocked", /recover/],
  [403, 403, "upload", "scope-missing", /generation, upload, render and credit/],
  [429, 429, "token", "rate-limited", /NEMO_TOKEN/],
];

describe("every code, however it comes", () => {
  it.each(codes)("%d (HTTP %d) on %s is %s", (code, status, call, expected, hint) => {
    const shapes = [
      judge(200, { code, message: "Sorry\u001B[31m" }, context(call)),
      judge(status, { code, message: "Sorry" }, context(call)),
      judge(200, { code: String(code) }, context(call)),
      judge(status, { detail: { code, message: "Sorry" } }, context(call)),
      judge(status, { detail: code === 2001 ? "Insufficient credits" : "Sorry" }, context(call)),
    ];
    for (const facts of shapes) {
      expect(facts).toMatchObject({ code: expected, sent: "rejected" });
      if (hint === undefined) expect(facts.hint).toBeUndefined();
      else expect(facts.hint).toMatch(hint);
      expect(facts.message).not.toContain("\u001B");
    }
    expect(shapes[0]?.message).toContain("Sorry");
  });

  it("a code in the body wins over the status", () => {
    expect(judge(402, { code: 2001 })).toMatchObject({ code: "no-credits" });
    expect(judge(403, { code: 1001 })).toMatchObject({ code: "unauthorized" });
    expect(judge(200, { code: 1002 }, context("render"))).toMatchObject({ code: "session-lost" });
    expect(judge(500, { code: 4001 })).toMatchObject({ code: "file-refused", sent: "maybe-sent" });
  });

  it("tells the registered and the anonymous what each can do", () => {
    expect(judge(200, { code: 2001 }, context("turn", "registered")).hint).toMatch(
      /^Top up on https:\/\/web\.example/,
    );
    expect(judge(200, { code: 1001 }, context("turn", "registered")).message).toMatch(/NEMO_TOKEN/);
    expect(judge(200, { code: 1001 }, context("credits", "registered")).hint).toBe(
      "Make a new token on https://web.example and set it as NEMO_TOKEN.",
    );
    expect(judge(429, "", context("credits")).hint).toBe("Wait 12 s.");
    expect(judge(200, { code: 402 }, context("render", "registered")).hint).toMatch(/^Upgrade/);
  });

  it("gives the delay of a 429, from the header or the default", () => {
    expect(judge(429, "")).toMatchObject({ code: "rate-limited", retryAfterMs: 12_000, transient: true });
  });
});

describe("answers that are none of these", () => {
  it.each<[number, unknown, CallName, Partial<FailureFacts>]>([
    [500, "oops", "state", { code: "service-error", sent: "maybe-sent", transient: true }],
    [503, { detail: "later" }, "state", { code: "service-error", transient: true }],
    [200, { code: 9999, message: "odd" }, "state", { code: "service-error", sent: "maybe-sent" }],
    [200, "<html>", "state", { code: "bad-answer", sent: "maybe-sent" }],
    [200, "[1]", "state", { code: "bad-answer" }],
    [200, "", "state", { code: "bad-answer" }],
    [307, "", "session", { code: "bad-answer", sent: "maybe-sent" }],
    [404, "<html>", "credits", { code: "bad-answer", sent: "maybe-sent" }],
    [404, { detail: "Not Found" }, "render-state", { code: "render-failed", sent: "rejected" }],
    [405, { detail: "Method Not Allowed" }, "session", { code: "bad-answer" }],
    [409, { detail: "exists" }, "render", { code: "bad-request", sent: "maybe-sent" }],
    [404, { code: 404, message: "no render" }, "render-state", { code: "render-failed", sent: "rejected" }],
    [200, { code: 404 }, "render-state", { code: "render-failed", sent: "rejected" }],
    [401, { code: 401 }, "turn", { code: "unauthorized", sent: "rejected" }],
    [200, { code: 401 }, "turn", { code: "service-error", sent: "maybe-sent" }],
    [500, { code: 500 }, "turn", { code: "service-error", sent: "maybe-sent" }],
    [200, { success: false, message: "busy" }, "render", { code: "service-error", sent: "maybe-sent" }],
    [200, { success: false, data: null, error: "x" }, "render", { code: "service-error", transient: true }],
    [402, { code: 402 }, "turn", { message: "The account's plan does not allow this." }],
    [401, "<html>", "state", { code: "unauthorized", sent: "maybe-sent" }],
  ])("HTTP %d %j on %s", (status, body, call, expected) => {
    expect(judge(status, body, context(call))).toMatchObject(expected);
  });
});

describe("success", () => {
  it.each<[unknown, unknown]>([
    [{ code: 0, data: { a: 1 } }, { a: 1 }],
    [{ code: "0", data: null }, null],
    [{ data: 5 }, 5],
    [
      { taskId: "1", status: "pending" },
      { taskId: "1", status: "pending" },
    ],
    [{ success: true, data: { id: "1" } }, { id: "1" }],
    [{ success: false, data: { status: "failed" } }, { status: "failed" }],
    [{ code: 0, data: { ok: true }, detail: "fine" }, { ok: true }],
  ])("%j holds %j", (body, data) => {
    expect(judgeAnswer({ status: 200, text: JSON.stringify(body) }, context("state"))).toEqual(data);
  });
});
