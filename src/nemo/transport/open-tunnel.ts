import type * as Net from "node:net";
import type * as Tls from "node:tls";

/**
 * A TLS connection to `target` through an HTTP proxy, ready to be written to. Rejects where the proxy or the target
 * refuses, and with the signal's reason when it is aborted first: nothing of a request has left by then.
 */
export async function openTunnel(proxy: URL, target: URL, signal: AbortSignal): Promise<Tls.TLSSocket> {
  const tls = process.getBuiltinModule("node:tls");
  const port = target.port === "" ? "443" : target.port;
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const socket = await connectProxy(proxy, signal);
  try {
    await askForTunnel(socket, { proxy, authority: `${target.hostname}:${port}`, signal });
    const isName = process.getBuiltinModule("node:net").isIP(host) === 0;
    const secure = tls.connect({ socket, host, ...(isName && { servername: host }) });
    await ready(secure, "secureConnect", signal);
    return secure;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function connectProxy(proxy: URL, signal: AbortSignal): Promise<Net.Socket> {
  const host = proxy.hostname.replace(/^\[|\]$/g, "");
  const secure = proxy.protocol === "https:";
  const port = Number(proxy.port || (secure ? 443 : 80));
  const socket = secure
    ? process.getBuiltinModule("node:tls").connect({ host, port, servername: host })
    : process.getBuiltinModule("node:net").connect({ host, port });
  await ready(socket, secure ? "secureConnect" : "connect", signal);
  return socket;
}

interface Asking {
  readonly proxy: URL;
  readonly authority: string;
  readonly signal: AbortSignal;
}

async function askForTunnel(socket: Net.Socket, { proxy, authority, signal }: Asking): Promise<void> {
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const authorization =
    login === ":" ? "" : `Proxy-Authorization: Basic ${Buffer.from(login).toString("base64")}\r\n`;
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`);
  let head = "";
  // The target speaks only after we have: what comes before the empty line is the proxy's answer, and all of it.
  while (!head.includes("\r\n\r\n")) {
    if (head.length > 16_384) throw new Error("the proxy's answer has no end");
    await ready(socket, "readable", signal);
    head += (socket.read() as Buffer | null)?.toString("latin1") ?? "";
  }
  const status = /^HTTP\/1\.\d (\d{3})/.exec(head)?.[1] ?? "no HTTP";
  if (!status.startsWith("2")) throw new Error(`the proxy opens no tunnel (${status})`);
}

/** Resolves with the event; rejects when the connection ends or the signal is aborted before it. */
function ready(socket: Net.Socket, event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: unknown): void => {
      socket.off(event, onReady).off("error", settle).off("end", hungUp).off("close", hungUp);
      signal.removeEventListener("abort", stop);
      // An error that nobody hears would end the program.
      socket.on("error", () => undefined);
      if (error === undefined) return resolve();
      socket.destroy();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onReady = (): void => settle();
    const hungUp = (): void => settle(new Error("the proxy hung up"));
    const stop = (): void => settle(signal.reason ?? new Error("stopped"));
    socket.once(event, onReady).once("error", settle).once("end", hungUp).once("close", hungUp);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
}
