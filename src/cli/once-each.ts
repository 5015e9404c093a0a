/** Nobody presses Ctrl-C twice as quickly. */
const sameMs = 200;

/** One Ctrl-C may arrive twice, from the terminal and from the launcher that passes signals on: it is told once. */
export function onceEach<Name extends string>(listener: (name: Name) => void): (name: Name) => void {
  let last: { readonly name: Name; readonly atMs: number } | undefined;
  return (name) => {
    const atMs = performance.now();
    if (last?.name === name && atMs - last.atMs < sameMs) return;
    last = { name, atMs };
    listener(name);
  };
}
