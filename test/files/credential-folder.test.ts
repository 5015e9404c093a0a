import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { credentialFolder } from "../../src/files/credential-folder.ts";
import { tempDir } from "../support/temp-dir.ts";

const token = {
  token: "nmv_usr_1",
  clientId: "client-1",
  userId: "anon_1",
  expiresAtMs: 2000,
  savedAtMs: 1000,
};
const isWindows = process.platform === "win32";

test("nothing is there at first; what is written is read back, by others too", async () => {
  const dir = join(tempDir(), "config");
  const folder = credentialFolder(dir);
  expect(await folder.readClientId()).toBeUndefined();
  expect(await folder.readToken("https://a.example")).toBeUndefined();
  await folder.writeClientId("client-1");
  await folder.writeToken("https://a.example", token);
  expect(await credentialFolder(dir).readClientId()).toBe("client-1");
  expect(await credentialFolder(dir).readToken("https://a.example")).toEqual(token);
  expect(readFileSync(join(dir, "nemovideo", "client_id"), "utf8")).toBe("client-1\n");
});

test.runIf(!isWindows)("only the owner may read", async () => {
  const dir = join(tempDir(), "config");
  await credentialFolder(dir).writeClientId("client-1");
  await credentialFolder(dir).writeToken("https://a.example", token);
  const mode = (...names: readonly string[]): string =>
    (statSync(join(dir, "nemovideo", ...names)).mode & 0o777).toString(8);
  const [name = ""] = readdirSync(join(dir, "nemovideo", "nemo-recipe-tokens"));
  expect([mode(), mode("client_id"), mode("nemo-recipe-tokens"), mode("nemo-recipe-tokens", name)]).toEqual([
    "700",
    "600",
    "700",
    "600",
  ]);
});

test("the first client id wins, however many write at once", async () => {
  for (let round = 0; round < 20; round++) {
    const dir = tempDir();
    const ids = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const folder = credentialFolder(dir);
        await folder.writeClientId(`client-${index}`);
        return folder.readClientId();
      }),
    );
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^client-\d$/);
  }
});

test.each(["", "\n", "two words", "x".repeat(65)])(
  "a file that holds no id (%j) makes room",
  async (content) => {
    const dir = tempDir();
    mkdirSync(join(dir, "nemovideo"));
    writeFileSync(join(dir, "nemovideo", "client_id"), content);
    const folder = credentialFolder(dir);
    expect(await folder.readClientId()).toBeUndefined();
    await folder.writeClientId("client-1");
    expect(await folder.readClientId()).toBe("client-1");
  },
);

test("tokens of many origins, written at once, are all kept", async () => {
  const dir = tempDir();
  const origins = Array.from({ length: 20 }, (_, index) => `http://127.0.0.1:${8000 + index}`);
  await Promise.all(
    origins.map((origin) => credentialFolder(dir).writeToken(origin, { ...token, token: origin })),
  );
  for (const origin of origins)
    expect(await credentialFolder(dir).readToken(origin)).toEqual({ ...token, token: origin });
});

test("a newer token replaces the older one; a damaged file counts as none", async () => {
  const dir = tempDir();
  const folder = credentialFolder(dir);
  await folder.writeToken("https://a.example", token);
  const { userId: _, ...newer } = { ...token, token: "nmv_usr_2" };
  await folder.writeToken("https://a.example", newer);
  expect(await folder.readToken("https://a.example")).toEqual(newer);
  const tokens = join(dir, "nemovideo", "nemo-recipe-tokens");
  for (const damaged of ["{", "[]", '{"token":7}', "null"]) {
    writeFileSync(join(tokens, readdirSync(tokens)[0] ?? ""), damaged);
    expect(await folder.readToken("https://a.example")).toBeUndefined();
  }
});

test("a config folder that cannot be written is a disk error", async () => {
  const dir = tempDir();
  writeFileSync(join(dir, "file"), "");
  await expect(credentialFolder(join(dir, "file")).writeClientId("x")).rejects.toMatchObject({
    facts: { code: "disk-error" },
  });
});
