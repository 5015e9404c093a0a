/** Whether a line is another than the last one that was asked about: what is tried again and again is told once. */
export function newsOf(): (line: string) => boolean {
  let last: string | undefined;
  return (line) => {
    const isNews = line !== last;
    last = line;
    return isNews;
  };
}
