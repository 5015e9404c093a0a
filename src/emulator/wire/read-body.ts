import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import { Refused } from "./call.ts";

const limitBytes = 8 * 1024 * 1024;

/** The body as JSON of this shape. Throws Refused 422 for anything else. */
export async function readBody<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= limitBytes) chunks.push(chunk);
  }
  if (sizeBytes > limitBytes) throw new Refused(413, "body too large");
  const parsed = schema.safeParse(parse(Buffer.concat(chunks).toString("utf8")));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Refused(422, `${issue?.path.join(".") ?? "body"}: ${issue?.message ?? "not as expected"}`);
}

function parse(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new Refused(422, "body is not JSON");
  }
}

/** Reads a body to its end and keeps nothing, so that the client can hear the answer. */
export async function drain(request: IncomingMessage): Promise<void> {
  try {
    for await (const chunk of request) void chunk;
  } catch {
    // The client left: there is nothing more to read.
  }
}
