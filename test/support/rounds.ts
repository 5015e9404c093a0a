const isNode = !("Bun" in globalThis) && !("Deno" in globalThis);

/** Whether proofs that do not depend on the runtime are told whole: on Node; elsewhere with PROOFS=whole. */
export const isWhole: boolean = isNode || process.env["PROOFS"] === "whole";

/** How many rounds of `whole` a proof by many rounds makes here: all, or every twentieth. */
export const rounds = (whole: number): number => (isWhole ? whole : Math.ceil(whole / 20));
