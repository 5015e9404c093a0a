import { expect, test } from "vitest";
import { onceEach } from "../../src/cli/once-each.ts";

test("two signals of one kind at once are one, those of two kinds are two", () => {
  const heard: string[] = [];
  const told = onceEach((name: "SIGINT" | "SIGTERM") => void heard.push(name));
  told("SIGINT");
  told("SIGINT");
  expect(heard).toEqual(["SIGINT"]);
  told("SIGTERM");
  expect(heard).toEqual(["SIGINT", "SIGTERM"]);
});

test("a second one that somebody presses is heard", async () => {
  let heard = 0;
  const told = onceEach(() => void (heard += 1));
  told("SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 250));
  told("SIGINT");
  expect(heard).toBe(2);
});
