import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { findTool } from "./find-tool.ts";
import { makeFile } from "./make-file.ts";
import { measureProcess } from "./measure-process.ts";
import type { BenchRow, Comparison, Finding, RowOptions } from "./row.ts";
import { startServer } from "./start-server.ts";
import { bundleSubject } from "./subject.ts";
import { takeTurns } from "./take-turns.ts";

const sizeBytes = 200_000_000;
const mostBytes = 130_000_000;

export const p4: BenchRow = {
  id: "P4",
  title: "upload of 200 MB, one stream",
  says: "The client's own upload, with its checks that the file is still the one the plan saw, against `curl -F` to the same server. curl's start is counted, the client's is not (that is P3).",
  rounds: 7,
  async run(options) {
    if (findTool("curl") === undefined) return [{ name: "upload", remark: "curl is not on the PATH" }];
    const path = makeFile(join(options.folder, "clip.mp4"), sizeBytes);
    const found: Finding[] = [await compare("HTTP", path, options)];
    if (findTool("openssl", "version") === undefined)
      return [...found, { name: "TLS", remark: "openssl is not on the PATH" }];
    return [...found, await compare("TLS", path, options)];
  },
};

async function compare(name: "HTTP" | "TLS", path: string, options: RowOptions): Promise<Comparison> {
  const { folder, rounds } = options;
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  if (name === "TLS") makeCertificate(certificate, key);
  const server = await startServer("bulk-server.ts", ["0", ...(name === "TLS" ? [certificate, key] : [])]);
  const upload = await bundleSubject("upload.ts", folder);
  const url = `${name === "TLS" ? "https" : "http"}://127.0.0.1:${server.port}`;
  const form = ["-s", "-f", "-F", `files=@${path}`];
  const trusted = name === "TLS" ? ["--cacert", certificate] : [];
  try {
    const samples = await takeTurns({
      rounds,
      floor: () => measureProcess({ command: "curl", args: [...form, ...trusted, url] }),
      subject: () => upload([url, path], { NODE_EXTRA_CA_CERTS: name === "TLS" ? certificate : "" }),
    });
    const most = { of: "cpu", mostRatio: name === "TLS" ? 1.2 : 1.6 } as const;
    return { name, floor: "`curl -F`", ...samples, goals: [most, { of: "peak", mostBytes }] };
  } finally {
    await server.close();
  }
}

function makeCertificate(certificate: string, key: string): void {
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"];
  execFileSync("openssl", ["req", ...kind, ...names, "-keyout", key, "-out", certificate], { stdio: "pipe" });
}
