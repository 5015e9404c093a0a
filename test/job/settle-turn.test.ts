import { describe, expect, it } from "vitest";
import { measuredCost, settleTurn, type Observation, type TurnEvidence } from "../../src/job/settle-turn.ts";

const minute = 60_000;
const evidence: TurnEvidence = {
  draftBefore: "old",
  creditsBefore: { available: 100, frozen: 0, total: 100 },
  sentAtMs: 0,
  lookingSinceMs: minute,
  end: "closed",
  overlapped: false,
  refused: false,
  failed: false,
  adopted: false,
  answered: false,
  pollMs: 10_000,
  turnMs: 15 * minute,
  changeMs: 5 * minute,
};
const { end: _, ...lost } = evidence;

/** `new@70s` or, with 40 credits frozen, `new@70s*`. */
function looks(...texts: string[]): Observation[] {
  return texts.map((text) => {
    const [fingerprint = "", seconds = ""] = text.split("@");
    const frozen = text.endsWith("*") ? 40 : 0;
    return {
      fingerprint,
      atMs: Number.parseFloat(seconds) * 1000,
      credits: { available: 90 - frozen, frozen, total: 90 },
    };
  });
}

describe("a turn is settled by one rule, however its stream ended", () => {
  const cases: [string, TurnEvidence, Observation[], string][] = [
    ["nothing seen yet", evidence, [], "wait"],
    ["one look proves nothing", evidence, looks("new@60s"), "wait"],
    ["two equal looks that lie apart", evidence, looks("new@60s", "new@70s"), "changed"],
    ["two equal looks too close together", evidence, looks("new@60s", "new@65s"), "wait"],
    [
      "close looks do not hide one that lies apart",
      evidence,
      looks("new@60s", "new@65s", "new@70s"),
      "changed",
    ],
    ["a second stage is still coming", evidence, looks("new@60s", "newer@70s"), "wait"],
    ["credits are still frozen for it", evidence, looks("new@60s*", "new@70s*"), "wait"],
    ["credits were released just now", evidence, looks("new@60s*", "new@70s"), "wait"],
    ["credits were released before both looks", evidence, looks("new@60s*", "new@70s", "new@80s"), "changed"],
    ["frozen for longer than any turn lasts", evidence, looks("new@1260s*", "new@1270s*"), "changed"],
    ["frozen without a change, for as long", evidence, looks("old@1260s*", "old@1270s*"), "unknown"],
    ["it never stands still", evidence, looks("a@1260s", "b@1270s", "a@1280s"), "unknown"],
    ["it does not stand still yet", evidence, looks("a@1250s", "b@1260s", "a@1270s"), "wait"],
    ["it changed while nobody looked for long", evidence, looks("old@60s", "new@90000s"), "wait"],
    ["and stands still since", evidence, looks("old@60s", "new@90000s", "new@90010s"), "changed"],
    [
      "a clock that jumps between the looks does not stand for them",
      { ...evidence, overlapped: true },
      looks("new@60s", "new@5000s", "new@9000s"),
      "wait",
    ],
    [
      "adopted, and it never stands still",
      { ...lost, adopted: true },
      looks("a@360s", "b@370s", "a@380s"),
      "changed",
    ],
    ["a silent close without a change, early", evidence, looks("old@60s", "old@70s"), "wait"],
    ["a clean close without a change, at last", evidence, looks("old@350s", "old@360s"), "unchanged"],
    ["a lost stream without a change, within the window", lost, looks("old@1000s", "old@1010s"), "wait"],
    ["a lost stream without a change, after the window", lost, looks("old@1195s", "old@1205s"), "unknown"],
    ["a lost stream with a change", lost, looks("new@500s", "new@510s"), "changed"],
    ["the stream was silent", { ...evidence, end: "silent" }, looks("old@400s", "old@410s"), "wait"],
    ["refused for want of credits", { ...evidence, refused: true }, looks("old@60s", "old@70s"), "unchanged"],
    ["a person adopted the draft", { ...lost, adopted: true }, looks("old@60s", "old@70s"), "unchanged"],
  ];
  it.each(cases)("%s", (_name, seen, observations, verdict) => {
    expect(settleTurn(seen, observations).verdict).toBe(verdict);
  });

  const answered = { ...evidence, answered: true };
  const { end: __, ...answeredLost } = answered;
  it.each<[string, TurnEvidence, Observation[], ReturnType<typeof settleTurn>]>([
    ["nobody answers", evidence, looks("old@60s", "old@70s"), { verdict: "wait", untilMs: 6 * minute }],
    [
      "somebody does",
      answered,
      looks("old@60s", "old@70s"),
      { verdict: "unchanged", openUntilMs: 6 * minute },
    ],
    ["after one look", answered, looks("old@60s"), { verdict: "wait" }],
    ["while credits are frozen", answered, looks("old@60s*", "old@70s*"), { verdict: "wait" }],
    [
      "behind an error",
      { ...answered, failed: true },
      looks("old@60s", "old@70s"),
      { verdict: "wait", untilMs: 6 * minute },
    ],
    ["behind a lost stream", answeredLost, looks("old@60s", "old@70s"), { verdict: "wait" }],
    ["once it has changed", answered, looks("new@60s", "new@70s"), { verdict: "changed" }],
    ["after the whole time", answered, looks("old@350s", "old@360s"), { verdict: "unchanged" }],
  ])("a person goes on from an answer in words: %s", (_name, seen, observations, settlement) => {
    expect(settleTurn(seen, observations)).toEqual(settlement);
  });
});

describe("while turns of one account overlap", () => {
  const overlapped = { ...evidence, overlapped: true };

  it("frozen credits prove nothing, and four equal looks are needed", () => {
    const three = looks("new@60s*", "new@70s*", "new@80s*");
    expect(settleTurn(overlapped, three).verdict).toBe("wait");
    expect(settleTurn(overlapped, [...three, ...looks("new@90s*")]).verdict).toBe("changed");
  });

  it("the cost cannot be measured", () => {
    expect(measuredCost(evidence, looks("new@60s", "new@70s"))).toBe(10);
    expect(measuredCost(overlapped, looks("new@60s", "new@70s"))).toBeUndefined();
    expect(measuredCost({ ...evidence, adopted: true }, looks("new@60s", "new@70s"))).toBeUndefined();
    const busier = { ...evidence, creditsBefore: { available: 60, frozen: 40, total: 100 } };
    expect(measuredCost(busier, looks("new@60s", "new@70s"))).toBeUndefined();
    expect(measuredCost(busier, looks("new@60s*", "new@70s*"))).toBe(10);
    expect(measuredCost(evidence, looks("new@1260s*", "new@1270s*"))).toBeUndefined();
    const poorer = { ...evidence, creditsBefore: { available: 50, frozen: 0, total: 50 } };
    expect(measuredCost(poorer, looks("new@60s", "new@70s"))).toBeUndefined();
  });
});
