/**
 * Whether a path lies inside the single-file executable, with Bun or with Node in it. Only `readFile` and `readdir` reach
 * such a file everywhere: with Bun it cannot be opened, and no other program sees it.
 */
export const isEmbedded = (path: string): boolean =>
  /^(\/\$bunfs|[A-Z]:[\\/]~BUN|\/dev\/null\/vfs)[\\/]/i.test(path);
