import { createHash, randomBytes, randomInt } from "node:crypto";

/** A session id as the service makes them: 19 decimal digits, too large for a number. */
export function sessionId(): string {
  let digits = String(randomInt(1, 10));
  while (digits.length < 19) digits += String(randomInt(0, 10));
  return digits;
}

export function randomName(prefix: string): string {
  return `${prefix}${randomBytes(16).toString("hex")}`;
}

/** A short, stable name for a text: equal texts, equal names. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
