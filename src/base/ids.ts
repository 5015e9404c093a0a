const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** A source of chance: `count` unpredictable bytes. Handed in from a root. */
export type RandomBytes = (count: number) => Uint8Array;

/** Makes ids such as `job_3k9x0c1m8f2a7d5e`: a prefix and 80 bits in Crockford's letters. */
export type NewId = (prefix: string) => string;

export function idsFrom(random: RandomBytes): NewId {
  return (prefix) => `${prefix}_${Array.from(random(16), (byte) => alphabet[byte & 31]).join("")}`;
}
