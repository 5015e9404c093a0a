// An npm registry on 127.0.0.1 that has some archives and nothing else, so that npx, bunx and Deno can be tried as users
// start them, without publishing.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { execFileSync } from "node:child_process";

interface Manifest {
  readonly name: string;
  readonly version: string;
}

export interface Registry {
  readonly url: string;
  /** The names that were asked for and are not there. */
  readonly missing: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Serves archives as `npm pack` makes them. */
export async function openRegistry(archives: readonly string[]): Promise<Registry> {
  const packages = new Map(archives.map((path) => [manifestOf(path).name, path]));
  const missing = new Set<string>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://registry").pathname).slice(1);
    const archive = archives.find((one) => path === `-/${basename(one)}`);
    const named = packages.get(path);
    if (archive !== undefined) response.end(readFileSync(archive));
    else if (named !== undefined) response.end(JSON.stringify(packument(named, addressOf(server.address()))));
    else {
      missing.add(path);
      response.writeHead(404).end("{}");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: addressOf(server.address()),
    missing,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const addressOf = (address: AddressInfo | string | null): string =>
  typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}/` : "";

function manifestOf(archive: string): Manifest {
  const text = execFileSync("tar", ["-xzOf", archive, "package/package.json"], { encoding: "utf8" });
  return JSON.parse(text) as Manifest;
}

/** What a registry says of a package of which it has one version. */
function packument(archive: string, registry: string): object {
  const manifest = manifestOf(archive);
  const bytes = readFileSync(archive);
  const hash = (kind: string, form: "hex" | "base64"): string => createHash(kind).update(bytes).digest(form);
  const dist = {
    tarball: `${registry}-/${basename(archive)}`,
    integrity: `sha512-${hash("sha512", "base64")}`,
    shasum: hash("sha1", "hex"),
  };
  const { name, version } = manifest;
  return { name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } };
}
