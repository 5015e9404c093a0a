import { describe, expect, it } from "vitest";
import { longestEventChars, readEvents } from "../../../src/nemo/stream/read-events.ts";
import type { StreamEvent } from "../../../src/nemo/stream/stream-event.ts";
import { seededRandom, type Random } from "../../support/seeded-random.ts";
import { proven } from "../../support/proven.ts";

function eventsOf(...chunks: readonly (string | Uint8Array)[]): StreamEvent[] {
  const events: StreamEvent[] = [];
  const reader = readEvents((event) => events.push(event));
  for (const chunk of chunks) reader.feed(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  reader.end();
  return events;
}

const agent = (parts: unknown[], more: object = {}): string =>
  `data: ${JSON.stringify({ content: { role: "model", parts }, author: "a", invocationId: "i", ...more })}\n\n`;
const text = (said: string, partial = false, speaker = "a\ni"): StreamEvent => ({
  type: "text",
  text: said,
  partial,
  speaker,
});
const heartbeat: StreamEvent = { type: "heartbeat" };

describe("forms of the event stream", () => {
  it.each<[string, string, StreamEvent[]]>([
    ["an agent's text", agent([{ text: "Hi" }]), [text("Hi")]],
    ["a piece of it", agent([{ text: "H" }], { partial: true }), [text("H", true)]],
    ["several parts", agent([{ text: "a" }, { text: "b" }]), [text("ab")]],
    ["a thought", agent([{ text: "hm", thought: true }]), [heartbeat]],
    ["a call", agent([{ functionCall: { id: "1", name: "f", args: {} } }]), [{ type: "tool-called" }]],
    ["a call in a piece", agent([{ functionCall: { name: "f" } }], { partial: true }), [heartbeat]],
    ["an answer", agent([{ functionResponse: { name: "f" } }]), [{ type: "tool-answered" }]],
    ["text and a call", agent([{ text: "a" }, { functionCall: {} }]), [text("a"), { type: "tool-called" }]],
    ["only a state delta", 'data: {"actions":{"stateDelta":{"x":1}},"author":"a"}\n\n', [heartbeat]],
    [
      "an error code",
      'data: {"errorCode":"SAFETY","errorMessage":"no"}\n\n',
      [{ type: "error", message: "no" }],
    ],
    [
      "a numeric error code",
      'data: {"errorCode":"2001"}\n\n',
      [{ type: "error", message: "2001", code: 2001 }],
    ],
    ["flat text", 'data: {"type":"text","content":"Hi"}\n\n', [text("Hi", false, "\n")]],
    ["flat call", 'data: {"type":"tool_call","name":"f"}\n\n', [{ type: "tool-called" }]],
    ["flat result", 'data: {"type":"tool_result"}\n\n', [{ type: "tool-answered" }]],
    ["flat heartbeat", 'data: {"type":"heartbeat"}\n\n', [heartbeat]],
    ["an error", 'data: {"error":"boom"}\n\n', [{ type: "error", message: "boom" }]],
    ["an error without an end", 'data: {"error":"boom"}', [{ type: "error", message: "boom" }]],
    [
      "an error that is no JSON",
      'data: {"error": "say "hi" now"}\n\n',
      [{ type: "error", message: 'say "hi" now' }],
    ],
    ["an error cut short", 'data: {"error": "no cred', [{ type: "error", message: "no cred" }]],
    [
      "an error with a code",
      'data: {"error":{"code":2001,"message":"no"}}\n\n',
      [{ type: "error", message: "no", code: 2001 }],
    ],
    [
      "an envelope as a line",
      'data: {"code":2001,"message":"no"}\n\n',
      [{ type: "error", message: "no", code: 2001 }],
    ],
    ["a comment", ": ping\n\n", [heartbeat]],
    ["empty data", "data:\n\n", [heartbeat]],
    ["an event name alone", "event: heartbeat\n\n", []],
    ["an event name with data", "event: heartbeat\ndata: {}\n\n", [heartbeat]],
    ["an empty object", "data: {}\n\n", [heartbeat]],
    ["[DONE]", "data: [DONE]\n\n", [heartbeat]],
    ["garbage", "data: <html>\n\n", [heartbeat]],
    ["JSON of another shape", "data: [1,2]\n\ndata: 5\n\ndata: null\n\n", [heartbeat, heartbeat, heartbeat]],
    ["parts of another shape", agent([null, 5, "x", { text: 7 }]), [heartbeat]],
    [
      "two events without a gap",
      `${agent([{ text: "a" }]).trim()}\n${agent([{ text: "b" }])}`,
      [text("a"), text("b")],
    ],
    ["a byte order mark", `\uFEFF${agent([{ text: "a" }])}`, [text("a")]],
    ["carriage returns", agent([{ text: "a" }]).replaceAll("\n", "\r"), [text("a")]],
    ["both line ends", agent([{ text: "a" }]).replaceAll("\n", "\r\n"), [text("a")]],
    [
      "JSON over several data lines",
      'data: {"type":"text",\ndata: "content":"a"}\n\n',
      [text("a", false, "\n")],
    ],
    ["an event cut short", agent([{ text: "a" }]).slice(0, 30), [heartbeat]],
    ["nothing", "", []],
  ])("%s", (_, stream, expected) => {
    expect(eventsOf(stream)).toEqual(expected);
  });
});

describe("any split of the bytes gives the same events", () => {
  const stream = (random: Random): Buffer => {
    const end = random.pick(["\n", "\r\n", "\r"]);
    const events = [
      agent([{ text: random.pick(["héllo", "点击导出 🎬", "plain", "\u2028 line", '"quoted"']) }]),
      agent([{ text: "🎬🎬" }], { partial: true }),
      ": ping\n\n",
      "event: heartbeat\ndata:\n\n",
      'data: {"type":"text","content":"日本語"}\n\n',
      'data: {"type":"text",\ndata: "content":"two lines"}\n\n',
      'id: 7\nretry: 10\ndata: {"error":"積分不足"}\n\n',
      "data: [DONE]\n\n",
    ];
    const picked = Array.from({ length: random.between(1, 5) }, () => random.pick(events)).join("");
    return Buffer.from((random.chance(0.2) ? "\uFEFF" : "") + picked.replaceAll("\n", end));
  };

  it("in 10,000 splits", () => {
    const random = seededRandom(2026);
    let splits = 0;
    while (splits < 10_000) {
      const bytes = stream(random);
      const expected = eventsOf(bytes);
      for (let round = 0; round < 20; round++, splits++) {
        const chunks: Buffer[] = [];
        for (let at = 0; at < bytes.length;) {
          const size = round === 0 ? 1 : random.between(1, random.pick([2, 9, 80]));
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(eventsOf(...chunks)).toEqual(expected);
      }
    }
    expect(splits).toBe(10_000);
    proven("H2", `${splits} splits: the same events`, "2026");
  });
});

describe("memory is bounded", () => {
  const mib = Buffer.alloc(1024 * 1024, "x");
  const pour = (first: string, chunk: Buffer, times: number): { took: number; events: number } => {
    let events = 0;
    const reader = readEvents(() => events++);
    reader.feed(Buffer.from(first));
    let took = 0;
    while (took < times && reader.feed(chunk)) took++;
    return { took, events };
  };

  it("an endless line is given up at the limit", () => {
    expect(pour("data: ", mib, 1000).took).toBeLessThanOrEqual(Math.ceil(longestEventChars / mib.length));
  });

  it("an endless event is given up at the limit", () => {
    const lines = Buffer.from(`data: ${"y".repeat(1000)}\n`.repeat(1000));
    expect(pour("", lines, 1000).took).toBeLessThan(40);
  });

  it("an endless line in small pieces is given up at the limit", () => {
    const before = process.memoryUsage().rss;
    const took = pour("data: ", Buffer.alloc(64, "z"), 2_000_000).took;
    expect(took * 64).toBeLessThanOrEqual(longestEventChars + 65_536);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  it("a line that is no field of the protocol is not even kept", () => {
    expect(pour("nonsense", mib, 200)).toEqual({ took: 200, events: 0 });
  });

  it("an event of 32 MB is read", () => {
    const said = "w".repeat(32_000_000);
    expect(eventsOf(`data: {"type":"text","content":"${said}"}\n\n`)).toEqual([text(said, false, "\n")]);
  });
});
