import { expect, it } from "vitest";
import { metricsText } from "../../src/report/metrics-text.ts";

it("is the text exposition format, escapes and all", () => {
  const text = metricsText([
    {
      name: "a_total",
      help: "Back\\slash and\nline",
      type: "counter",
      samples: [
        { labels: { recipe: 'say "hi"\\\n', outcome: "ok" }, value: 3 },
        { labels: { recipe: "b" }, value: Infinity },
      ],
    },
    { name: "none", help: "Left out.", type: "gauge", samples: [] },
    {
      name: "b",
      help: "Plain.",
      type: "gauge",
      samples: [{ value: 0.5 }, { labels: { of: "x" }, value: NaN }],
    },
  ]);
  expect(text).toBe(
    [
      "# HELP a_total Back\\\\slash and\\nline",
      "# TYPE a_total counter",
      'a_total{recipe="say \\"hi\\"\\\\\\n",outcome="ok"} 3',
      'a_total{recipe="b"} +Inf',
      "# HELP b Plain.",
      "# TYPE b gauge",
      "b 0.5",
      'b{of="x"} NaN',
      "",
    ].join("\n"),
  );
});
