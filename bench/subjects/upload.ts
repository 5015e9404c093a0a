// upload.ts <server> <file> <how many at once>: the product's own upload.
import { statSync } from "node:fs";
import { basename } from "node:path";
import { diskFiles } from "../../src/files/disk-files.ts";
import { measureHere } from "./measure-here.ts";
import { clock, openService, session } from "./open-service.ts";

const [url = "", path = "", atOnce = "1"] = process.argv.slice(2);
const service = openService(url);
const files = diskFiles({ clock });
const { size, mtimeMs } = statSync(path);
const file = { path, shownPath: path, name: basename(path), sizeBytes: size, mtimeMs, sha256: "" };

await measureHere(async () => {
  const uploads = Array.from({ length: Number(atOnce) }, async () => {
    let sentBytes = 0;
    const source = await files.openInput(file);
    await service.uploadFile({ session, source, onSent: (bytes) => (sentBytes = bytes) });
    if (sentBytes !== size) throw new Error(`${sentBytes} of ${size} bytes were sent`);
  });
  await Promise.all(uploads);
});
await service.close();
