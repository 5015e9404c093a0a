export function writeResults(_results: readonly unknown[]): void {}
