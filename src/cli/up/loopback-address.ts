import { usage } from "../stop.ts";

export interface LoopbackAddress {
  readonly host: string;
  readonly port: number;
}

/** Where Prometheus looks for an exporter that nobody has told it more of. */
const usualPort = 9464;

/** Reads `9464`, `127.0.0.1:9464`, `localhost:9464` or `[::1]:9464`. Stops with exit 2 at any other. */
export function loopbackAddress(text: string | true): LoopbackAddress {
  if (text === true) return { host: "127.0.0.1", port: usualPort };
  const found = /^(?:(127\.0\.0\.1|localhost|\[::1\]):)?(\d{1,5})$/i.exec(text.trim());
  const port = Number(found?.[2]);
  if (found === null || port > 65_535)
    throw usage(
      `health: ${text} is no address on loopback.`,
      "Give a port, or 127.0.0.1:9464: what is told here is not for other machines.",
      "flag-value",
    );
  const host = (found[1] ?? "127.0.0.1").toLowerCase();
  return { host: host === "localhost" ? "127.0.0.1" : host.replace(/[[\]]/g, ""), port };
}
