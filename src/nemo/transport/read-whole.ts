import { Failure } from "../../base/failure.ts";

const utf8 = new TextDecoder();

/** The body as text. Throws what the body throws, and a Failure, reading no further, where it is over `limitBytes`. */
export async function readWhole(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) throw unreadable(`is longer than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return utf8.decode(Buffer.concat(chunks, sizeBytes));
}

/** The Failure for an answer that came, and that nobody can use. */
export function unreadable(why: string): Failure {
  return new Failure({
    code: "bad-answer",
    message: `The service's answer ${why}.`,
    hint: "Check NEMO_API_URL; something between here and the service may change its answers.",
    sent: "maybe-sent",
  });
}
