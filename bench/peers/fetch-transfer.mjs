// fetch-transfer.mjs <measure-here.ts> <upload | download> <url> <file> <how many at once>
import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";

const [measure, task, url, path, count] = process.argv.slice(2);
const { measureHere } = await import(measure);

async function upload() {
  const body = new FormData();
  body.append("files", await openAsBlob(path), basename(path));
  const answer = await fetch(url, { method: "POST", body });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  await answer.text();
}

async function download() {
  const { body } = await fetch(url);
  const hash = createHash("sha256");
  const file = await open(path, "w");
  for await (const chunk of body) {
    hash.update(chunk);
    await file.write(chunk);
  }
  await file.close();
  return hash.digest("hex");
}

await measureHere(() =>
  Promise.all(Array.from({ length: Number(count) }, task === "upload" ? upload : download)),
);
