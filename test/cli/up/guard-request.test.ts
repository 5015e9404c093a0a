import { request } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { guardRequest } from "../../../src/cli/up/guard-request.ts";
import { healthServer, type HealthServer } from "../../../src/cli/up/health-server.ts";
import { proven } from "../../support/proven.ts";

const page = async (): Promise<{ status: number; type: string; body: string }> => ({
  status: 200,
  type: "text/plain",
  body: "figures",
});
let server: HealthServer;
let port = 0;
beforeAll(async () => {
  server = await healthServer({ host: "127.0.0.1", port: 0 }, { "/metrics": page });
  port = Number(new URL(server.url).port);
});
afterAll(() => server.close());

const names = (at: number): readonly string[] => [`127.0.0.1:${at}`, `localhost:${at}`, `[::1]:${at}`];
const good = (): readonly string[] => [...names(port), `LOCALHOST:${port}`];
const bad = (): readonly string[] => [
  "evil.test",
  `evil.test:${port}`,
  `127.0.0.1.evil.test:${port}`,
  `localhost.:${port}`,
  `evil.localhost:${port}`,
  "127.0.0.1",
  "localhost:80",
  `0.0.0.0:${port}`,
  `127.0.0.2:${port}`,
  `127.1:${port}`,
  `2130706433:${port}`,
  `localhost:${port}@evil.test`,
  "x",
];
const origins = (): readonly (readonly [string | undefined, boolean])[] => [
  [undefined, true],
  [`http://127.0.0.1:${port}`, true],
  [`http://localhost:${port}`, true],
  ["null", false],
  ["http://evil.test", false],
  [`http://evil.test:${port}`, false],
  [`https://127.0.0.1:${port}`, false],
  ["http://127.0.0.1", false],
  [`http://localhost:${port}.evil.test`, false],
  ["chrome-extension://abcdefgh", false],
  ["file://", false],
  ["x", false],
];

function ask(
  headers: Readonly<Record<string, string>>,
  method = "GET",
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path: "/metrics", method, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.once("error", reject);
    asked.end();
  });
}

it("X6: no web page reads what is served on loopback, whatever it calls it and wherever it comes from", async () => {
  let asked = 0;
  let answered = 0;
  for (const host of [...good(), ...bad()])
    for (const [origin, mayAsk] of origins()) {
      const { status, text } = await ask({ host, ...(origin !== undefined && { origin }) });
      const isFine = good().includes(host) && mayAsk;
      expect([status, text === "figures"], `${host} ${origin}`).toEqual(
        isFine ? [200, true] : [expect.any(Number), false],
      );
      if (!isFine) expect([400, 403]).toContain(status);
      asked += 1;
      answered += Number(isFine);
    }
  expect(asked).toBeGreaterThanOrEqual(200);
  expect(answered).toBe(good().length * 3);
  proven(
    "X6",
    `${asked} pairs of Host and Origin on the health server: answered ${answered}, all of them its own`,
  );
});

it.each([
  ["GET", 200],
  ["HEAD", 200],
  ["POST", 405],
  ["PUT", 405],
  ["DELETE", 405],
  ["OPTIONS", 405],
  ["PATCH", 405],
])("%s: %i", async (method, status) => {
  const answer = await ask({ host: `127.0.0.1:${port}` }, method);
  expect(answer.status).toBe(status);
  if (method === "HEAD") expect(answer.text).toBe("");
});

it("a request without Host is nobody's", () => {
  expect(guardRequest({ method: "GET", host: undefined, origin: undefined }, port)?.status).toBe(403);
});

it("another path tells which there are", async () => {
  const answer = await fetch(`${server.url}/`);
  expect([answer.status, await answer.text()]).toEqual([404, "/metrics\n"]);
});
