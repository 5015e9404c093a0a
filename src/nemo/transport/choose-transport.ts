import { Failure } from "../../base/failure.ts";
import { httpUrl } from "../../base/http-url.ts";
import { bypassesProxy } from "./addresses.ts";
import { directTransport } from "./direct-transport.ts";
import type { Transport } from "./http-exchange.ts";
import { openTunnel } from "./open-tunnel.ts";
import { proxiedTransport } from "./proxied-transport.ts";

export interface Proxy {
  /** `HTTPS_PROXY` */
  readonly https?: string;
  /** `NO_PROXY` */
  readonly no?: string;
}

/**
 * The runtime's own client: it is the fastest for bodies, costs nothing to load, and behaves alike everywhere. HTTPS
 * through a proxy, which it does not know on each runtime, is undici's, but on Bun, whose edition of undici passes
 * proxies over: there the tunnel is ours.
 */
export function chooseTransport(proxy: Proxy | undefined): Transport {
  const direct = directTransport();
  if (proxy?.https === undefined || proxy.https === "") return direct;
  const proxyUrl = proxyAddress(proxy.https);
  const isBun = process.versions["bun"] !== undefined;
  const proxied = isBun
    ? directTransport((url, signal) => openTunnel(proxyUrl, url, signal))
    : proxiedTransport(proxyUrl.href);
  return {
    exchange: (request) => {
      const around = request.url.protocol !== "https:" || bypassesProxy(request.url, proxy.no);
      return (around ? direct : proxied).exchange(request);
    },
    close: async () => {
      await Promise.all([direct.close(), proxied.close()]);
    },
  };
}

function proxyAddress(text: string): URL {
  const url = httpUrl(/^\w+:\/\//.test(text) ? text : `http://${text}`);
  if (url !== undefined) return url;
  throw new Failure({
    code: "unreachable",
    message: "HTTPS_PROXY is no address of an http(s) proxy.",
    hint: "It looks like http://proxy.example:3128.",
    sent: "not-sent",
  });
}
