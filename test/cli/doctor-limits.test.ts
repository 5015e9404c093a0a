import { expect, test } from "vitest";
import { instancesFinding } from "../../src/cli/doctor/check-machine.ts";

test.each([
  [0, 128, "ok", undefined],
  [124, 128, "ok", undefined],
  [125, 128, "warning", "max_user_instances=512"],
  [1024, 1024, "warning", "max_user_instances=2048"],
])("with %i of %i watchers in use: %s", (used, limit, mark, hint) => {
  const finding = instancesFinding(used, limit);
  expect(finding).toMatchObject({ mark, says: expect.stringContaining(`${used} of ${limit}`) as string });
  if (hint !== undefined) expect(finding.hint).toContain(hint);
});
