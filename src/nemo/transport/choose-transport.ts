import { bypassesProxy } from "./addresses.ts";
import { directTransport } from "./direct-transport.ts";
import type { Transport } from "./http-exchange.ts";
import { proxiedTransport } from "./proxied-transport.ts";

export interface Proxy {
  /** `HTTPS_PROXY` */
  readonly https?: string;
  /** `NO_PROXY` */
  readonly no?: string;
}

/** The runtime's own client; undici where HTTPS goes through a proxy, which the former does not know on each runtime. */
export function chooseTransport(proxy: Proxy | undefined): Transport {
  const direct = directTransport();
  if (proxy?.https === undefined || proxy.https === "") return direct;
  const proxied = proxiedTransport(/^\w+:\/\//.test(proxy.https) ? proxy.https : `http://${proxy.https}`);
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
