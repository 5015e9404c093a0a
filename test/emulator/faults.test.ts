import { expect, it } from "vitest";
import { faultTable } from "../../src/emulator/faults/fault-table.ts";
import { listFaults } from "../../src/emulator/faults/list-faults.ts";
import { planFaults } from "../../src/emulator/faults/plan-faults.ts";

const met = (text: string, count: number): boolean[] => {
  const faults = planFaults(text);
  return Array.from({ length: count }, () => faults.meet("turn").size > 0);
};

it.each([
  ["silent", [true, true, true, true]],
  ["silent@2", [false, true, false, false]],
  ["silent@2+", [false, true, true, true]],
  ["silent@2*2", [false, true, true, false]],
  ["silent@1, cut@4; seed=9", [true, false, false, true]],
  ["", [false, false, false, false]],
])("%s meets %j", (text, expected) => {
  expect(met(text, 4)).toEqual(expected);
});

it("meets a share of the requests, the same ones for the same seed", () => {
  const share = met("silent%30;seed=5", 400).filter(Boolean).length;
  expect(share).toBeGreaterThan(80);
  expect(share).toBeLessThan(160);
  expect(met("silent%30;seed=5", 50)).toEqual(met("silent%30;seed=5", 50));
  expect(met("silent%30;seed=5", 50)).not.toEqual(met("silent%30;seed=6", 50));
});

it("keeps values, and counts each endpoint for itself", () => {
  const faults = planFaults("slow:credits=5@2,code-2001=line");
  expect(faults.meet("turn").get("code-2001")).toBe("line");
  expect(faults.meet("credits").size).toBe(0);
  expect(faults.meet("credits").get("slow")).toBe("5");
});

it.each([
  ["lat", /unknown fault "lat"; known are late/],
  ["late=soon", /number of milliseconds/],
  ["late:state", /happens on turn only/],
  ["cut-before:nowhere", /unknown endpoint/],
  ["silent=3", /takes no value/],
  ["redirect=200", /one of 301, 302/],
  ["silent@0", /counted from 1/],
  ["toString", /cannot be read/],
  ["constructor", /unknown fault/],
  ["silent@", /cannot be read/],
])("refuses %s", (text, message) => {
  expect(() => planFaults(text)).toThrow(message);
});

it("lists every fault with what it does", () => {
  expect(listFaults().map(({ name }) => name)).toEqual(Object.keys(faultTable));
  expect(listFaults().find(({ name }) => name === "late")?.description).toMatch(/ms \(2000\)/);
});
