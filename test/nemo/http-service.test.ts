import { describe, expect, it } from "vitest";
import { nemoServiceContract } from "../executor/nemo-service.contract.ts";
import { replyJson, replyStream, startLoopbackServer, type Respond } from "../support/loopback-server.ts";
import { makeService } from "./service-fixture.ts";

const draft =
  '{"t":[{"tt":0,"sg":[{"d":10000,"m":{"name":"beach"},"x":12345678901234567890}]}],"d":10000,"z":1.0}';

/** Just enough of the service for one job after another. */
function smallBackend(): { respond: Respond; refuseNextTurn: () => void } {
  let sessions = 0;
  let refuse = false;
  const files: string[] = [];
  const edited = new Set<string>();
  const renders = new Set<string>();
  const respond: Respond = (request, response) => {
    const path = request.path.split("?")[0] ?? "";
    const sessionId = path.split("/")[5] ?? "";
    if (path.startsWith("/api/tasks/")) {
      const session_id = String(7300000000000000000n + BigInt(++sessions));
      return replyJson(response, { code: 0, data: { task_id: `task_${sessions}`, session_id } });
    }
    if (path.startsWith("/api/credits/"))
      return replyJson(response, { code: 0, data: { available: 90, frozen: 10, total: 100 } });
    if (path.startsWith("/api/upload-video/")) {
      files.push(sessionId);
      return replyJson(response, { code: 0, data: { files: [{ filename: "beach.jpg" }] } });
    }
    if (path.startsWith("/api/state/")) {
      const held = JSON.stringify(files.filter((id) => id === sessionId));
      const state = `{"draft":${edited.has(sessionId) ? draft : "null"},"video_infos":${held}}`;
      return replyJson(response, `{"code":0,"data":{"session_id":"${sessionId}","state":${state}}}`);
    }
    if (path === "/run_sse" && refuse) {
      refuse = false;
      return replyJson(response, { code: 2001, message: "no credits" });
    }
    if (path === "/run_sse") {
      edited.add((JSON.parse(request.text) as { session_id: string }).session_id);
      replyStream(response, 'data: {"content":{"role":"model","parts":[{"text":"Done."}]}}\n\n');
      return void response.end();
    }
    if (path === "/api/render/proxy/lambda") {
      const { id } = JSON.parse(request.text) as { id: string };
      if (renders.has(id)) return replyJson(response, { code: 400, message: "render id already exists" });
      renders.add(id);
      return replyJson(response, { code: 0, data: { taskId: id } });
    }
    if (path.endsWith("/download")) {
      response.writeHead(200, { "content-type": "video/mp4", "content-length": "5" });
      return void response.end("movie");
    }
    if (path.startsWith("/api/render/proxy/lambda/"))
      return replyJson(response, { taskId: "r", status: "completed", progress: 100 });
    if (path === "/api/auth/claim-token")
      return replyJson(response, { code: 0, data: { claim_token: "clm_1" } });
    return replyJson(response, { detail: "Not Found" }, { status: 404 });
  };
  return { respond, refuseNextTurn: () => (refuse = true) };
}

nemoServiceContract("over HTTP", async () => {
  const { respond, refuseNextTurn } = smallBackend();
  const server = await startLoopbackServer(respond);
  const service = makeService(server.url);
  return {
    service,
    refuseNextTurn,
    stop: async () => {
      await service.close();
      await server.close();
    },
  };
});

describe("createHttpService", () => {
  it.each(["", "nemo", "ftp://example.com", "file:///etc/passwd"])("takes no such address: %j", (apiUrl) => {
    expect(() => makeService("http://127.0.0.1:1", { apiUrl })).toThrow(
      /NEMO_API_URL is no http\(s\) address/,
    );
  });
});
