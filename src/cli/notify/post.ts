import type { Clock } from "../../base/clock.ts";
import { openChannel } from "../../nemo/channel.ts";
import { chooseTransport } from "../../nemo/transport/choose-transport.ts";
import type { Post } from "../../notify/post-message.ts";
import type { Io } from "../io.ts";
import { proxyOf } from "../proxy-of.ts";
import { wallClock } from "../wall-clock.ts";

const limits = { connect: 5_000, idle: 10_000, whole: 10_000 };
const mostRead = 2_000;

export interface OpenPost {
  readonly post: Post;
  close(): Promise<void>;
}

/** Posts over the same connections as the service's, with nothing of the service's on them: no token, no client id. */
export function openPost({ env, version }: Pick<Io, "env" | "version">, clock: Clock = wallClock): OpenPost {
  const transport = chooseTransport(proxyOf(env));
  const channel = openChannel(transport, clock);
  return {
    post: async ({ url, headers, body, signal }) => {
      const incoming = await channel({
        method: "POST",
        url,
        headers: { ...headers, "Accept-Encoding": "identity", "User-Agent": `nemo-recipe/${version}` },
        body,
        limits,
        signal,
      });
      try {
        const retryAfter = incoming.header("retry-after");
        const text = await beginning(incoming.body);
        return { status: incoming.status, text, ...(retryAfter !== undefined && { retryAfter }) };
      } catch (error) {
        throw incoming.failure(error);
      } finally {
        incoming.deadlines.stop();
      }
    },
    close: () => transport.close(),
  };
}

async function beginning(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > mostRead) break;
  }
  return text.slice(0, mostRead);
}
