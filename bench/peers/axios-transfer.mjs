// axios-transfer.mjs <measure-here.ts> <upload | download> <url> <file> <how many at once>
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import axios from "axios";

const [measure, task, url, path, count] = process.argv.slice(2);
const { measureHere } = await import(measure);

const upload = () =>
  axios.postForm(url, { files: createReadStream(path) }, { maxBodyLength: Infinity, maxRedirects: 0 });

async function download() {
  const { data } = await axios.get(url, { responseType: "stream" });
  const hash = createHash("sha256");
  data.on("data", (chunk) => hash.update(chunk));
  await pipeline(data, createWriteStream(path));
  return hash.digest("hex");
}

await measureHere(() =>
  Promise.all(Array.from({ length: Number(count) }, task === "upload" ? upload : download)),
);
