import { countOf } from "../base/count-of.ts";

/** What something cost, as far as it could be measured: `50 credits`, `at least 50 credits`, `cost not measured`. */
export function creditsText(credits: number, isPartlyUnknown: boolean): string {
  if (!isPartlyUnknown) return countOf(credits, "credit");
  return credits > 0 ? `at least ${countOf(credits, "credit")}` : "cost not measured";
}
