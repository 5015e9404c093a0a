import { expect, test } from "vitest";
import { envMarker, hasOwnMarkersOnly, revealEnv } from "../../src/plan/masked-url.ts";

const url = `https://cdn.test/x.jpg?t=${envMarker("TOKEN")}&u=${envMarker("USER")}`;

test("markers become values at the time of the upload, and only then", () => {
  expect(revealEnv(url, { TOKEN: "a$&b", USER: "me" })).toBe("https://cdn.test/x.jpg?t=a$&b&u=me");
  expect(revealEnv(url, { USER: "me" })).toContain(envMarker("TOKEN"));
});

test.each([
  ["all of its own", url, "https://cdn.test/x.jpg?t=${{ env.TOKEN }}&u=${{env.USER}}", true],
  [
    "one spoiled by a filter",
    "https://cdn.test/${{ ENV.TOKEN }}",
    "https://cdn.test/${{ env.TOKEN | upcase }}",
    false,
  ],
  ["one brought in by a row", `https://x.test/${envMarker("TOKEN")}`, "${{ row.url }}", false],
  ["one exchanged by a row", `https://x.test/${envMarker("OTHER")}`, "${{ env.TOKEN }}${{ row.x }}", false],
  ["none", "https://x.test/", "", true],
])("%s", (_, made, template, expected) => {
  expect(hasOwnMarkersOnly(made, template)).toBe(expected);
});
