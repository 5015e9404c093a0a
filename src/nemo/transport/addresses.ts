/** True for addresses of this machine or a private network, as IPv4, IPv6 or IPv4 in IPv6, with or without brackets. */
export function isPrivateAddress(address: string): boolean {
  const bare = address
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/%.*$/, "");
  if (bare === "localhost" || bare.endsWith(".localhost") || bare === "") return true;
  const mapped = /^(?:::ffff:|64:ff9b::|::)(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? mappedHex(bare) ?? bare;
  const parts = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(mapped);
  if (parts) return isPrivateIpv4(Number(parts[1]), Number(parts[2]));
  // Unspecified, loopback, unique local, link-local, multicast.
  return bare.includes(":") && (/^::1?$/.test(bare) || /^(?:f[cd]|fe[89ab]|ff)/.test(bare));
}

/** `::ffff:7f00:1`, the form in which URLs spell `::ffff:127.0.0.1`. */
function mappedHex(address: string): string | undefined {
  const words = /^(?:::ffff:|64:ff9b::|::)([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address);
  if (!words) return undefined;
  const [high, low] = [parseInt(words[1] ?? "", 16), parseInt(words[2] ?? "", 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function isPrivateIpv4(first: number, second: number): boolean {
  if (first === 0 || first === 10 || first === 127 || first >= 224) return true;
  if (first === 100) return second >= 64 && second < 128;
  if (first === 169) return second === 254;
  if (first === 172) return second >= 16 && second < 32;
  if (first === 192) return second === 168;
  return first === 198 && (second === 18 || second === 19);
}

/** True where `NO_PROXY` names the host: exactly, by a parent domain, with a port, or by `*`. */
export function bypassesProxy(url: URL, noProxy: string | undefined): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, "");
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return (noProxy ?? "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, bracketed, plain, wanted] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
      if (wanted !== undefined && wanted !== port) return false;
      // With colons and no brackets it is an IPv6 address.
      const name = bracketed ?? plain ?? entry;
      const domain = name.replace(/^\*?\./, "");
      return host === domain || host.endsWith(`.${domain}`);
    });
}
