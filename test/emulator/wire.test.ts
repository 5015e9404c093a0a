import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEmulator } from "../../src/emulator/start-emulator.ts";
import { type Local, openLocal, saidIn, send, turnBody } from "./local-client.ts";

let local: Local;
const start = async (options: Parameters<typeof openLocal>[0] = {}): Promise<void> => {
  local = await openLocal(options);
};
afterEach(() => local.emulator.close());

describe("accounts", () => {
  beforeEach(() => start({ form: "old" }));
  const token = (headers: Record<string, string>): ReturnType<typeof send> =>
    send(`${local.url}/api/auth/anonymous-token`, { method: "POST", headers });

  it("gives a client id 100 credits once, and always the same user", async () => {
    const [first, second] = [await token({ "x-client-id": "me" }), await token({ "x-client-id": "me" })];
    expect(first.body).toMatchObject({
      code: 0,
      data: { credits: 100, user_id: expect.stringMatching(/^anon_/) },
    });
    expect(first.body.data.token).toMatch(/^nmv_usr_/);
    expect(second.body.data.user_id).toBe(first.body.data.user_id);
    expect(second.body.data.token).not.toBe(first.body.data.token);
    expect(Date.parse(first.body.data.expires_at) - Date.now()).toBeGreaterThan(6.9 * 24 * 3600 * 1000);
  });

  it.each([
    ["no client id", {}],
    ["a client id that is too long", { "x-client-id": "x".repeat(65) }],
  ])("refuses %s", async (_what, headers) => {
    expect((await token(headers)).body).toMatchObject({ code: 400 });
  });

  it("knows nmv_local_ tokens as accounts with a million, and no other token", async () => {
    const balance = (authorization: string): ReturnType<typeof send> =>
      send(`${local.url}/api/credits/balance/simple`, { headers: { authorization } });
    expect((await balance("Bearer nmv_local_studio")).body.data).toEqual({
      available: 1e6,
      frozen: 0,
      total: 1e6,
    });
    for (const wrong of ["Bearer nmv_usr_0", "nmv_local_studio", ""]) {
      expect((await balance(wrong)).body).toMatchObject({ code: 1001 });
    }
  });

  it("gives claim tokens for one's own sessions only", async () => {
    const opened = await local.post("/api/tasks/me/with-session/nemo_agent", {});
    const { task_id, session_id } = opened.body.data as { task_id: string; session_id: string };
    const claim = await local.post("/api/auth/claim-token", { task_id, session_id });
    expect(claim.body.data).toMatchObject({
      claim_token: expect.stringMatching(/^clm_/),
      expires_in: 3600,
    });
    expect((await local.post("/api/auth/claim-token", { task_id: "other", session_id })).body.code).toBe(
      1002,
    );
  });
});

describe("sessions", () => {
  it("has ids that are no numbers, and a state without a draft", async () => {
    await start();
    expect(local.session).toMatch(/^[1-9]\d{18}$/);
    const state = await local.get(`/api/state/nemo_agent/me/${local.session}/latest`);
    expect(state.body.data).toMatchObject({ session_id: local.session, task_name: "project" });
    expect(state.body.data.state).toMatchObject({ draft: null, video_infos: [], generated_media: [] });
  });

  it("speaks the older forms by a switch", async () => {
    await start({ form: "old" });
    const before = await local.get(`/api/state/nemo_agent/me/${local.session}/latest`);
    expect(before.body.data.state).toMatchObject({ draft: {}, video_infos: {} });
    const stream = await local.turn("make a video of the sea");
    expect(stream.text).toMatch(/data: \{"type":"text","content":"/);
    const draft = await local.settled();
    expect(draft.t[0]?.sg[0]).toBeDefined();
    expect(draft.t[0]?.sg[0]?.s).toBeUndefined();
    const id = `render_${crypto.randomUUID()}`;
    const render = await local.post("/api/render/proxy/lambda", {
      id,
      sessionId: local.session,
      draft: {},
      output: { format: "mp4" },
    });
    expect(render.status).toBe(422);
  });

  it("is unknown to others", async () => {
    await start();
    const authorization = "Bearer nmv_local_other";
    const other = await send(`${local.url}/api/state/nemo_agent/me/${local.session}/latest`, {
      headers: { authorization },
    });
    expect(other.body).toMatchObject({ code: 1002 });
    expect((await local.post("/run_sse", turnBody("1".repeat(19), "hi"))).body).toMatchObject({ code: 1002 });
  });
});

describe("turns", () => {
  it("streams agent events, whole text after its pieces, and instructions for a screen", async () => {
    await start();
    const stream = await local.turn("make a 6-second video of a forest");
    expect(stream.headers["content-type"]).toBe("text/event-stream");
    expect(saidIn(stream.text)).toMatch(
      /Your 6-second video is ready\. Open the timeline panel .* Export button/,
    );
    const events = stream.text.split("\n").filter((line) => line.startsWith('data: {"content'));
    const parsed = events.map((line) => JSON.parse(line.slice(6)));
    const pieces = parsed.filter((event) => event.partial && event.content.parts[0].thought === undefined);
    expect(pieces.map((event) => event.content.parts[0].text).join("")).toBe(saidIn(stream.text));
    expect(parsed.some((event) => event.content.parts[0].functionCall?.name === "generate_video")).toBe(true);
    expect(parsed.find((event) => event.content.parts[0].functionResponse)).toMatchObject({
      author: "nemo_agent",
      content: { role: "user" },
    });
    expect(stream.text).toMatch(/^: heartbeat$/m);
  });

  it("freezes the price, adds music and title after the close, then charges", async () => {
    await start({ faults: "second-stage=1500" });
    const running = local.turn("make a video of a forest");
    while (local.emulator.ledger.turns.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await local.credits()).toEqual({ available: 0, frozen: 100, total: 100 });
    await running;
    expect((await local.draft()).t.length).toBe(1);
    expect((await local.credits()).frozen).toBe(100);
    expect((await local.settled()).t.length).toBe(3);
    expect(await local.credits()).toEqual({ available: 0, frozen: 0, total: 0 });
    expect((await local.turn("make it 9:16")).body).toMatchObject({ code: 2001 });
    expect(local.emulator.ledger.counts).toMatchObject({ turns: 1, charged: 100 });
  });

  it("says what it does not understand, and takes nothing for it", async () => {
    await start({ credits: 1000 });
    await local.turn("make a video of a forest");
    const before = await local.settled();
    expect(saidIn((await local.turn("frobnicate")).text)).toMatch(/I did not understand/);
    expect(saidIn((await local.turn("把它唱出来")).text)).toMatch(/我没有理解/);
    expect(await local.settled()).toEqual(before);
    expect(local.emulator.ledger.turns.map(({ charge }) => charge)).toEqual([100, 0, 0]);
  });

  it("closes about a third of the edits without a word, the same ones each time", async () => {
    await start({ credits: 10_000, workMs: 3 });
    await local.turn("make a video of a forest");
    for (let seconds = 5; seconds < 35; seconds += 1) await local.turn(`make it ${seconds} seconds`);
    const silent = local.emulator.ledger.turns.map((turn) => turn.silent);
    expect(silent.filter(Boolean).length).toBeGreaterThan(3);
    expect(silent.filter(Boolean).length).toBeLessThan(17);
    expect(silent[0]).toBe(false);
  });
});

describe("state on disk", () => {
  it("keeps accounts, drafts and the bill, and settles what was running", async () => {
    const stateDir = await mkdtemp(join(tmpdir(), "emulator-state-"));
    await start({ stateDir, workMs: 60_000, credits: 500 });
    local.turn("make a video of a forest").catch(() => undefined);
    while (local.emulator.ledger.turns.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await local.emulator.close();
    const again = await startEmulator({ stateDir });
    const state = await send(`${again.url}/api/state/nemo_agent/me/${local.session}/latest`, {
      headers: local.headers,
    });
    const credits = await send(`${again.url}/api/credits/balance/simple`, { headers: local.headers });
    expect(state.body.data.state.draft.t.length).toBe(3);
    expect(credits.body.data).toEqual({ available: 400, frozen: 0, total: 400 });
    expect(again.ledger.counts).toMatchObject({ turns: 1, charged: 100 });
    await again.close();
    await rm(stateDir, { recursive: true });
  });
});

describe("the ledger", () => {
  it("tells over HTTP what was asked, without any token", async () => {
    await start();
    await local.turn("make a video of a forest");
    const ledger = await send(`${local.url}/__emulator/ledger`);
    expect(ledger.body.counts).toMatchObject({ turns: 1, sessions: 1 });
    expect(ledger.body.turns[0]).toMatchObject({
      text: "make a video of a forest",
      charge: 100,
      outcome: "built",
    });
    expect(ledger.body.requests.at(-2)).toMatchObject({
      endpoint: "turn",
      status: 200,
      headers: { "x-skill-source": "image-video" },
    });
    expect(ledger.text).not.toMatch(/nmv_usr_/);
  });

  it("answers unknown paths and hosts of the open internet with nothing", async () => {
    await start();
    expect((await local.get("/api/nothing")).status).toBe(404);
    expect((await send(`${local.url}/__emulator/ledger`, { headers: { host: "evil.example" } })).status).toBe(
      403,
    );
  });
});
