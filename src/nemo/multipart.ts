import { Failure } from "../base/failure.ts";
import type { ByteSource } from "../executor/ports.ts";
import type { StreamedBody } from "./transport/http-exchange.ts";

const mediaTypes = new Map([
  ["mp4", "video/mp4"],
  ["mov", "video/quicktime"],
  ["avi", "video/x-msvideo"],
  ["webm", "video/webm"],
  ["mkv", "video/x-matroska"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["png", "image/png"],
  ["gif", "image/gif"],
  ["webp", "image/webp"],
  ["mp3", "audio/mpeg"],
  ["wav", "audio/wav"],
  ["m4a", "audio/mp4"],
  ["aac", "audio/aac"],
]);

export interface Multipart {
  readonly contentType: string;
  readonly body: StreamedBody;
  /** True once its last bytes were asked for. */
  readonly isWhole: () => boolean;
}

/** One file as `multipart/form-data`, its length known before the first byte. `boundary` must not occur in the file. */
export function multipart(source: ByteSource, boundary: string, onSent?: (bytes: number) => void): Multipart {
  const extension = source.name.split(".").at(-1)?.toLowerCase() ?? "";
  const type = mediaTypes.get(extension) ?? "application/octet-stream";
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${escapeName(source.name)}"\r\n` +
      `Content-Type: ${type}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  let isWhole = false;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let sentBytes = 0;
    yield head;
    for await (const chunk of source.open()) {
      sentBytes += chunk.byteLength;
      if (sentBytes > source.sizeBytes) throw changed(source.name);
      yield chunk;
      onSent?.(sentBytes);
    }
    if (sentBytes !== source.sizeBytes) throw changed(source.name);
    isWhole = true;
    yield tail;
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: { sizeBytes: head.byteLength + source.sizeBytes + tail.byteLength, chunks },
    isWhole: () => isWhole,
  };
}

/** As browsers do it: UTF-8 as it is, and these three as percent signs and hex. */
const escapeName = (name: string): string =>
  name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");

function changed(name: string): Failure {
  return new Failure({
    code: "file-changed",
    message: `${name} changed while it was being uploaded.`,
    hint: "Run again when nothing writes to it.",
    sent: "rejected",
  });
}
