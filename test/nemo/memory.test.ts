import { execFile } from "node:child_process";
import { closeSync, ftruncateSync, openSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";
import { proven } from "../support/proven.ts";
import { tempDir } from "../support/temp-dir.ts";

const mib = 1024 * 1024;
const mostGrowthBytes = 150 * mib;
const script = fileURLToPath(new URL("memory-child.ts", import.meta.url));
let server: Server | undefined;

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

interface Grown {
  readonly outcome: string;
  readonly grownBytes: number;
}

/** What a process of its own did with a service that answers a turn or takes an upload as `respond` says. */
async function measure(
  what: "turn" | "upload",
  respond: (request: IncomingMessage, response: ServerResponse) => void,
  file = "",
): Promise<Grown> {
  server = createServer((request, response) => {
    response.on("error", () => undefined);
    if (request.url?.includes("/credits/") !== true) return respond(request, response);
    response.setHeader("content-type", "application/json");
    response.end('{"code":0,"data":{"available":1,"frozen":0,"total":1}}');
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const runtime = "Deno" in globalThis ? ["run", "-A"] : [];
  const { stdout } = await promisify(execFile)(process.execPath, [...runtime, script, what, url, file]);
  return JSON.parse(stdout) as Grown;
}

/** Writes the same piece as fast as it is taken, for ever. */
function pour(response: ServerResponse, first: string, piece: Buffer): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(first);
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", more);
  more();
}

it.each([
  { name: "an endless line", first: "data: ", piece: Buffer.alloc(mib, "x") },
  { name: "an endless line in small pieces", first: "data: ", piece: Buffer.alloc(700, "x") },
  { name: "an endless event", first: "", piece: Buffer.from(`data: ${"y".repeat(1000)}\n`.repeat(100)) },
  { name: "an endless comment", first: ": ", piece: Buffer.alloc(mib, "z") },
])("H6: $name takes less than 150 MB", async ({ name, first, piece }) => {
  let pouredBytes = 0;
  const { outcome, grownBytes } = await measure("turn", (request, response) => {
    request.resume();
    pour(response, first, piece);
    // A comment never ends by itself: heard of nothing else, it is cut here.
    const watch = setInterval(() => {
      pouredBytes = response.socket?.bytesWritten ?? pouredBytes;
      if (pouredBytes > 300 * mib) response.destroy();
    }, 5);
    response.on("close", () => clearInterval(watch));
  });
  expect(outcome).toBe("lost");
  expect(grownBytes).toBeLessThan(mostGrowthBytes);
  proven("H6", `${name}: ${Math.round(grownBytes / mib)} MB above the start`);
});

it("H6: an upload of 200 MB takes less than 150 MB", async () => {
  const path = join(tempDir(), "big.mp4");
  const file = openSync(path, "w");
  ftruncateSync(file, 200 * mib);
  closeSync(file);
  let takenBytes = 0;
  const { outcome, grownBytes } = await measure(
    "upload",
    (request, response) => {
      request.on("data", (chunk: Buffer) => (takenBytes += chunk.byteLength));
      request.on("end", () => {
        response.setHeader("content-type", "application/json");
        response.end('{"code":0,"data":{"files":[{"filename":"taken.mp4"}]}}');
      });
    },
    path,
  );
  expect(outcome).toBe("taken.mp4");
  expect(takenBytes).toBeGreaterThan(200 * mib);
  expect(grownBytes).toBeLessThan(mostGrowthBytes);
  proven("H6", `an upload of 200 MB: ${Math.round(grownBytes / mib)} MB above the start`);
});
