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

test.each(["k%20y%26v%C3%A9", "k+y%26v%C3%A9", "k%20y&v%C3%A9", "k y&vé"])(
  "%s is a spelling of what addresses hold",
  (text) => {
    const secrets = new Secrets();
    secrets.add("k y&vé");
    expect(secrets.redact(`cannot fetch https://a.test/?key=${text}&b=1`)).toBe(
      "cannot fetch https://a.test/?key=[secret]&b=1",
    );
  },
);
