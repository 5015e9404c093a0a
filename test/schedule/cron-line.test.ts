import { describe, expect, it } from "vitest";
import { readCronLine } from "../../src/schedule/cron-line.ts";

const at = (text: string): number => Date.parse(`${text}Z`);

describe("readCronLine", () => {
  it.each([
    ["0 9 * * 1-5", "2026-11-20T09:00", "2026-11-23T09:00"],
    ["0 9 * * MON-FRI", "2026-11-20T09:00", "2026-11-23T09:00"],
    ["*/10 * * * * *", "2026-11-20T09:00", "2026-11-20T09:00:10"],
    ["0 9 L * *", "2026-11-20T09:00", "2026-11-30T09:00"],
    ["0 9 LW 1 *", "2026-11-20T09:00", "2027-01-29T09:00"],
    ["0 9 15W * *", "2026-11-20T09:00", "2026-12-15T09:00"],
    ["0 9 * * FRI#L", "2026-11-20T09:00", "2026-11-27T09:00"],
    ["0 9 * * MON#2", "2026-11-20T09:00", "2026-12-14T09:00"],
    ["0 9 ? JAN,FEB *", "2026-11-20T09:00", "2027-01-01T09:00"],
    ["0 0 13 * FRI", "2026-11-20T09:00", "2026-11-27T00:00"],
    ["0 0 13 * +FRI", "2026-11-20T09:00", "2027-08-13T00:00"],
    ["@daily", "2026-11-20T09:00", "2026-11-21T00:00"],
    ["@Midnight", "2026-11-20T09:00", "2026-11-21T00:00"],
    ["@weekly", "2026-11-20T09:00", "2026-11-22T00:00"],
    ["@monthly", "2026-11-20T09:00", "2026-12-01T00:00"],
    ["@annually", "2026-11-20T09:00", "2027-01-01T00:00"],
    ["@hourly", "2026-11-20T09:00", "2026-11-20T10:00"],
  ])("%s after %s is %s", (text, after, next) => {
    const reading = readCronLine(text);
    expect("line" in reading && reading.line.next(at(after))).toBe(at(next));
  });

  it.each([
    ["0 * * * *", true],
    ["0 */1 * * *", true],
    ["5 0-23 * * *", true],
    ["0 ? * * *", true],
    ["@hourly", true],
    ["* * * * * *", true],
    ["0 */2 * * *", false],
    ["0 1-23 * * *", false],
    ["@daily", false],
  ])("%s takes every hour: %s", (text, everyHour) => {
    const reading = readCronLine(text);
    expect("line" in reading && reading.line.everyHour).toBe(everyHour);
  });

  it.each([
    ["0 0 30 2 *", "never fires", "`0 0 L 2 *`"],
    ["0 0 31 4,6,9,11 *", "never fires", "no month of it has such a day"],
    ["0 0 0 31 2 *", "never fires", "`0 0 0 L 2 *`"],
    ["@dialy", "unknown cron name `@dialy`", "@daily"],
    ["@reboot", "unknown cron name `@reboot`", "@yearly"],
    ["0 9 * *", "has 4", "minute hour day month weekday"],
    ["60 * * * *", "the minute of a cron line cannot be `60`", "0 to 59"],
    ["0 0 24 * * *", "the hour of a cron line cannot be `24`", "0 to 23"],
    ["0 9 0 * *", "the day of the month of a cron line cannot be `0`", "1 to 31"],
    ["0 9 * JUM *", "the month of a cron line cannot be `JUM`", "did you mean JUN?"],
    ["0 9 * * THI", "the day of the week of a cron line cannot be `THI`", "did you mean THU?"],
    ["0 9 * * 8", "the day of the week of a cron line cannot be `8`", "0 to 7"],
    ["0 9 * * 1#6", "the day of the week of a cron line cannot be `1#6`", "FRI#2"],
    ["5/15 * * * *", "the minute of a cron line cannot be `5/15`", "`5-59/15`"],
    ["50-10 * * * *", "the minute of a cron line cannot be `50-10`", "runs upwards"],
    ["0 9 * * FRI-MON", "the day of the week of a cron line cannot be `FRI-MON`", "runs upwards"],
  ])("%s is refused: %s", (text, message, hint) => {
    const reading = readCronLine(text);
    expect(reading).toEqual({
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
  });
});
