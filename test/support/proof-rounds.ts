/**
 * How many rounds a proof makes: `whole` under `npm run proof`, else `usual`; the variable `PROOF_<name>` asks for
 * another number, to try the long form in short.
 */
export function proofRounds(name: string, { whole, usual }: { whole: number; usual: number }): number {
  return Number(process.env[`PROOF_${name}`] ?? (process.env["PROOF"] === "1" ? whole : usual));
}
