import { extname, resolve } from "node:path";
import { pathKind } from "../../files/path-kind.ts";
import { readText } from "../../files/read-text.ts";
import { pageMark } from "../../report/page/report-page.ts";
import { usage } from "../stop.ts";

/**
 * Where a page goes, absolute. Stops with exit 2, before anything is done, where it cannot be put there: only a page
 * of ours is ever replaced.
 */
export async function pageTarget(flag: string, path: string, cwd: string): Promise<string> {
  const target = resolve(cwd, path);
  if (![".html", ".htm"].includes(extname(target).toLowerCase()))
    throw usage(`${flag} ${path}: a report is a page, and its name ends with .html.`, `${flag} ${path}.html`);
  const there = await pathKind(target);
  if (there === "folder") throw usage(`${flag} ${path}: there is a folder of that name.`);
  if (there === "file" && !(await readText(target).catch(() => "")).startsWith(pageMark))
    throw usage(
      `${flag} ${path}: there is a file of that name, and it is no report.`,
      "choose another name.",
    );
  return target;
}
