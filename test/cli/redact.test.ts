import { expect, test } from "vitest";
import { Secrets } from "../../src/cli/redact.ts";

test("a secret leaves in no spelling", () => {
  const secrets = new Secrets();
  secrets.add("tok-12345", 'with "quotes"\n and more', undefined, "  ", "abc");
  expect(secrets.redact('a tok-12345 b {"t":"with \\"quotes\\"\\n and more"} abc')).toBe(
    'a [secret] b {"t":"[secret]"} abc',
  );
});

test("what looks like a token of the service leaves never, known or not", () => {
  const text = "Bearer nmv_usr_AbC-123_x and https://a.example/claim?ct=clm_9f8e7d6c5b end";
  expect(new Secrets().redact(text)).toBe("Bearer [secret] and https://a.example/claim?ct=[secret] end");
});
