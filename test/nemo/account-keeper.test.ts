import { describe, expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import { keepAccount, type AccountOptions } from "../../src/nemo/account-keeper.ts";
import type { TokenGrant } from "../../src/nemo/wire.ts";
import { stepClock } from "../support/step-clock.ts";
import { failureOf, hash, memoryCredentials, type MemoryCredentials } from "./service-fixture.ts";

const dayMs = 86_400_000;
const origin = "https://api.example";

interface World {
  readonly asked: string[];
  readonly credentials: MemoryCredentials;
  readonly options: AccountOptions;
}

function world(more: Partial<AccountOptions> = {}, kept?: string): World {
  const asked: string[] = [];
  const credentials = memoryCredentials(kept);
  const options: AccountOptions = {
    origin,
    webUrl: "https://web.example",
    credentials,
    clock: stepClock(1_000_000),
    hash,
    newId: (prefix) => `${prefix}_new`,
    fetchToken: (clientId) => {
      asked.push(clientId);
      return Promise.resolve({ token: `token_${asked.length}`, userId: "anon_1" });
    },
    ...more,
  };
  return { asked, credentials, options };
}

const refuse = (code: "bad-request" | "rate-limited"): Failure =>
  new Failure({ code, message: "no", sent: "rejected" });

describe("an anonymous account", () => {
  it("asks for one token, however many want it, and has it on disk before it is used", async () => {
    const { asked, credentials, options } = world();
    const keeper = keepAccount(options);
    expect(await Promise.all([keeper.token(), keeper.token(), keeper.account().then(() => "x")])).toEqual([
      "token_1",
      "token_1",
      "x",
    ]);
    expect(asked).toEqual(["client_new"]);
    expect(credentials.writes).toEqual(["client client_new", "token token_1"]);
    expect(credentials.tokens.get(origin)).toEqual({
      token: "token_1",
      clientId: "client_new",
      userId: "anon_1",
      expiresAtMs: 1_000_000 + 7 * dayMs,
      savedAtMs: 1_000_000,
    });
  });

  it.each<[string, string | undefined, string | undefined, string]>([
    ["the kept client id", undefined, "kept_1", "kept_1"],
    ["NEMO_CLIENT_ID before the kept one", "given_1", "kept_1", "given_1"],
    ["a new one where the kept one is no header", undefined, "a\r\nb", "client_new"],
    ["a new one where the kept one is too long", undefined, "x".repeat(65), "client_new"],
  ])("uses %s", async (_, given, kept, expected) => {
    const { asked, options } = world(given === undefined ? {} : { clientId: given }, kept);
    await keepAccount(options).token();
    expect(asked).toEqual([expected]);
  });

  it.each(["x".repeat(65), "a b", "a\nb"])(
    "refuses NEMO_CLIENT_ID=%j before anything is sent",
    async (clientId) => {
      const { asked, options } = world({ clientId });
      expect(await failureOf(keepAccount(options).token())).toMatchObject({ code: "bad-request" });
      expect(asked).toEqual([]);
    },
  );

  it("uses the kept token while it lasts, and asks anew near its end", async () => {
    for (const [leftMs, expected] of [
      [dayMs, "kept"],
      [60_000, "token_1"],
      [-1, "token_1"],
    ] as const) {
      const { credentials, options } = world({}, "kept_1");
      const expiresAtMs = 1_000_000 + leftMs;
      credentials.tokens.set(origin, { token: "kept", clientId: "kept_1", expiresAtMs, savedAtMs: 0 });
      expect(await keepAccount(options).token()).toBe(expected);
    }
  });

  it("does not use a token of another client id than the one that is given", async () => {
    const { credentials, options } = world({ clientId: "given_1" });
    const expiresAtMs = 1_000_000 + dayMs;
    credentials.tokens.set(origin, { token: "kept", clientId: "kept_1", expiresAtMs, savedAtMs: 0 });
    expect(await keepAccount(options).token()).toBe("token_1");
  });

  it("takes the service's expiry, and shows it with the page to register on", async () => {
    const { options } = world({
      fetchToken: () => Promise.resolve({ token: "t", userId: "anon/1", expiresAtMs: 5_000_000 }),
    });
    expect(await keepAccount(options).account()).toEqual({
      id: hash("user:anon/1"),
      kind: "anonymous",
      expiresAtMs: 5_000_000,
      registerUrl: "https://web.example/register?bind=anon%2F1",
    });
  });

  it.each<[string, Partial<AccountOptions>, string]>([
    ["that is kept", {}, "kept_1"],
    ["of NEMO_CLIENT_ID", { clientId: "given_1" }, "given_1"],
  ])("is asked for once more where the service does not take the client id %s", async (_, given, id) => {
    const answers = [refuse("bad-request"), { token: "t" }, refuse("bad-request"), refuse("bad-request")];
    const asked: string[] = [];
    const fetchToken = (clientId: string): Promise<TokenGrant> => {
      asked.push(clientId);
      const answer = answers.shift();
      return answer instanceof Failure
        ? Promise.reject(answer)
        : Promise.resolve(answer ?? { token: "more" });
    };
    const { credentials, options } = world({ fetchToken, ...given }, "kept_1");
    const keeper = keepAccount(options);
    expect([await keeper.token(), await keeper.token()]).toEqual(["t", "t"]);
    expect(await failureOf(Promise.resolve(keeper.renew("t")))).toMatchObject({ code: "bad-request" });
    expect(asked).toEqual([id, id, id, id]);
    expect(credentials.clientId).toBe("kept_1");
  });

  it("takes the token that another process was given meanwhile", async () => {
    const { credentials, options } = world({
      fetchToken: () => {
        const expiresAtMs = 1_000_000 + dayMs;
        credentials.tokens.set(origin, {
          token: "theirs",
          clientId: "client_new",
          expiresAtMs,
          savedAtMs: 0,
        });
        return Promise.reject(refuse("rate-limited"));
      },
    });
    expect(await keepAccount(options).token()).toBe("theirs");
  });

  it("asks again after a failure", async () => {
    let calls = 0;
    const { options } = world({
      fetchToken: () =>
        calls++ === 0 ? Promise.reject(refuse("rate-limited")) : Promise.resolve({ token: "t" }),
    });
    const keeper = keepAccount(options);
    expect(await failureOf(keeper.token())).toMatchObject({ code: "rate-limited" });
    expect(await keeper.token()).toBe("t");
  });

  it("renews a refused token once for all, under the same client id", async () => {
    const { asked, options } = world();
    const keeper = keepAccount(options);
    const first = await keeper.token();
    expect(await Promise.all([keeper.renew(first), keeper.renew(first)])).toEqual(["token_2", "token_2"]);
    expect(await keeper.renew(first)).toBe("token_2");
    expect(asked).toEqual(["client_new", "client_new"]);
  });

  it("stops a session whose account changed, and no other", async () => {
    let user = "anon_1";
    const { options } = world({ fetchToken: () => Promise.resolve({ token: user, userId: user }) });
    const keeper = keepAccount(options);
    const first = await keeper.token();
    keeper.guard("session_1");
    user = "anon_2";
    await keeper.renew(first);
    expect(() => keeper.guard("session_1")).toThrow(Failure);
    expect(() => keeper.guard("session_2")).not.toThrow();
    expect((await keeper.account()).id).toBe(hash("user:anon_2"));
  });

  it.each<[string, string | undefined, string | undefined, string]>([
    ["told late", undefined, "anon_1", "client:client_new"],
    ["told no more", "anon_1", undefined, "user:anon_1"],
  ])("is the same identity where the user id is %s", async (_, before, after, expected) => {
    const told = [before, after, after];
    const { options } = world({
      fetchToken: () => {
        const userId = told.shift();
        return Promise.resolve({ token: `t${told.length}`, ...(userId !== undefined && { userId }) });
      },
    });
    const keeper = keepAccount(options);
    const first = await keeper.token();
    keeper.guard("session_1");
    const second = await keeper.renew(first);
    expect(() => keeper.guard("session_1")).not.toThrow();
    await keeper.renew(second ?? "");
    expect((await keeper.account()).id).toBe(hash(expected));
    expect(keeper.registerUrl()).toBe("https://web.example/register?bind=anon_1");
    // Another process finds the same one.
    expect((await keepAccount(options).account()).id).toBe(hash(expected));
  });

  it("is used to its last minute where the service gives no other", async () => {
    let calls = 0;
    const { credentials, options } = world(
      { fetchToken: () => (calls++, Promise.reject(refuse("rate-limited"))) },
      "kept_1",
    );
    const kept = { clientId: "kept_1", savedAtMs: 0 };
    credentials.tokens.set(origin, { token: "kept", expiresAtMs: 1_060_000, ...kept });
    const keeper = keepAccount(options);
    expect([await keeper.token(), await keeper.token(), calls]).toEqual(["kept", "kept", 1]);
    credentials.tokens.set(origin, { token: "over", expiresAtMs: 999_999, ...kept });
    expect(await failureOf(keepAccount(options).token())).toMatchObject({ code: "rate-limited" });
  });

  it("is not asked for at each call where the service gives short ones", async () => {
    const fetchToken = (): Promise<TokenGrant> => Promise.resolve({ token: "t", expiresAtMs: 1_060_000 });
    const { credentials, options } = world({ fetchToken });
    const keeper = keepAccount(options);
    expect([await keeper.token(), await keeper.token()]).toEqual(["t", "t"]);
    expect(credentials.writes).toHaveLength(2);
  });

  it.each<[string, number | undefined, boolean]>([
    ["a short wait is waited for, once", 30_000, true],
    ["a long one is the person's", 86_400_000, false],
    ["one of unknown length too", undefined, false],
  ])("%s", async (_, retryAfterMs, waits) => {
    let calls = 0;
    const waited: number[] = [];
    const clock = stepClock(1_000_000);
    const facts = { code: "rate-limited", message: "no", sent: "rejected" } as const;
    const { options } = world({
      fetchToken: () => {
        if (calls++ > 0) return Promise.resolve({ token: "t" });
        return Promise.reject(new Failure(retryAfterMs === undefined ? facts : { ...facts, retryAfterMs }));
      },
      onTokenWait: (delayMs) => waited.push(delayMs),
      clock,
    });
    const token = clock.run(keepAccount(options).token());
    if (waits) expect(await token).toBe("t");
    else expect(await failureOf(token)).toMatchObject({ code: "rate-limited" });
    expect(waited).toEqual(waits ? [retryAfterMs] : []);
  });

  it("is the same identity for the same client id where no user id is told", async () => {
    let calls = 0;
    const { options } = world({ fetchToken: () => Promise.resolve({ token: `t${calls++}` }) });
    const keeper = keepAccount(options);
    const first = await keeper.token();
    keeper.guard("session_1");
    await keeper.renew(first);
    expect(() => keeper.guard("session_1")).not.toThrow();
    expect(keeper.registerUrl()).toBe("https://web.example/register");
    const { id } = await keeper.account();
    keeper.learnUser("anon_7");
    expect(keeper.registerUrl()).toBe("https://web.example/register?bind=anon_7");
    expect((await keeper.account()).id).toBe(id);
  });
});

describe("NEMO_TOKEN", () => {
  it("is used as it is, and never renewed", async () => {
    const { asked, options } = world({ token: "nmv_1" });
    const keeper = keepAccount(options);
    expect([await keeper.token(), await keeper.renew("nmv_1")]).toEqual(["nmv_1", undefined]);
    expect(await keeper.account()).toEqual({ id: hash("token:nmv_1"), kind: "registered" });
    expect(asked).toEqual([]);
  });

  it.each(["a b", "a\n", "é"])("%j is no token", (token) => {
    expect(() => keepAccount(world({ token }).options)).toThrow(/NEMO_TOKEN/);
  });
});
