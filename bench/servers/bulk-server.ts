// bulk-server.ts <bytes of the file> [certificate] [key]: takes uploads and drops them, serves one big file. Prints its port.
import { readFileSync } from "node:fs";
import { createServer as createHttp, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";

const [sizeBytes = "0", certificate, key] = process.argv.slice(2);
const piece = Buffer.alloc(1024 * 1024, 7);

const answer: RequestListener = (request, response) => {
  if (request.method === "GET") {
    sendFile(response, Number(sizeBytes));
    return;
  }
  request.on("data", () => {});
  request.on("end", () => {
    response.setHeader("content-type", "application/json");
    response.end('{"code":0,"data":{"files":[{"filename":"file.mp4"}]}}');
  });
};

function sendFile(response: ServerResponse, size: number): void {
  response.writeHead(200, { "content-type": "video/mp4", "content-length": size });
  let leftBytes = size;
  const next = (): void => {
    while (leftBytes > 0) {
      const part = piece.subarray(0, Math.min(piece.length, leftBytes));
      leftBytes -= part.length;
      if (!response.write(part)) return void response.once("drain", next);
    }
    response.end();
  };
  next();
}

const server =
  certificate === undefined || key === undefined
    ? createHttp(answer)
    : createHttps({ cert: readFileSync(certificate), key: readFileSync(key) }, answer);
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
