/**
 * Whether a path lies inside the single-file executable. Only `readFile` and `readdir` reach such a file: it cannot be
 * opened, and no other program sees it.
 */
export const isEmbedded = (path: string): boolean => /^(\/\$bunfs|[A-Z]:[\\/]~BUN)[\\/]/i.test(path);
