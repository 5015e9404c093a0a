// download.ts <server> <address of the file> <target>: the product's own download, hashed, synced and closed.
import { PartialFile } from "../../src/files/partial-file.ts";
import { measureHere } from "./measure-here.ts";
import { openService, session } from "./open-service.ts";

const [url = "", fileUrl = "", target = ""] = process.argv.slice(2);
const service = openService(url);
const partial = new PartialFile(target, target);

await measureHere(async () => {
  await service.download({ session, renderId: "render_1", url: fileUrl, openSink: () => partial.start() });
  const { sizeBytes, sha256 } = await partial.finish();
  await partial.close();
  if (sizeBytes === 0 || sha256.length !== 64) throw new Error("nothing came");
});
await service.close();
