import { cleanLine } from "../base/clean-text.ts";
import { countOf } from "../base/count-of.ts";
import { occasions, type News } from "./news.ts";
import type { Notice, NoticeCounts, NoticeFile, NoticeJob, NoticeTrouble } from "./notice.ts";

const textLength = 300;
const namesShown = 3;

/** What is told of the news. `redact` takes out what is known to be secret. */
export function noticeOf(
  news: News,
  { id, atMs, redact }: { readonly id: string; readonly atMs: number; readonly redact: Redact },
): Notice {
  const clean = (text: string, length = textLength): string => cleaned(text, redact, length);
  const jobs = [...news.troubled, ...news.finished].map((job) => cleanJob(job, { clean, redact }));
  const { counts, trouble, runId } = news;
  const ended = counts.finished + counts.failed + counts.needsYou + counts.budget;
  const recipes = [...news.recipes].map((name) => clean(name)).slice(0, 20);
  return {
    id,
    at: new Date(atMs).toISOString(),
    on: occasions(news),
    title: titleOf(recipes, news),
    ...(runId !== undefined && { run: runId }),
    recipes,
    counts,
    credits: news.credits,
    costUnknown: news.costUnknown,
    local: news.isLocal,
    elapsedMs: Math.max(0, atMs - news.startedAtMs),
    ...(trouble !== undefined && { trouble: cleanTrouble(trouble.facts, clean) }),
    jobs,
    more: ended - jobs.length,
  };
}

type Redact = (text: string) => string;
type Clean = (text: string, length?: number) => string;

function cleanJob(job: NoticeJob, { clean, redact }: { clean: Clean; redact: Redact }): NoticeJob {
  const { trouble } = job;
  return {
    ...job,
    name: clean(job.name),
    recipe: clean(job.recipe),
    files: job.files.map((file) => cleanFile(file, redact, clean)),
    ...(trouble !== undefined && { trouble: cleanTrouble(trouble, clean) }),
  };
}

const cleanFile = (file: NoticeFile, redact: Redact, clean: Clean): NoticeFile => ({
  ...file,
  // Programs open it: it stays exact.
  path: redact(file.path),
  shownPath: clean(file.shownPath, 1000),
});

const cleanTrouble = ({ code, message, next }: NoticeTrouble, clean: Clean): NoticeTrouble => ({
  code,
  message: clean(message),
  ...(next !== undefined && { next: clean(next) }),
});

const address = /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/?#@"'<>`]*@)?([^\s/?#"'<>`]+)([/?#][^\s"'<>`]*)?/gi;

/** A link may be the key to what it shows: of an address only the host is told. Secrets go before and after the cut. */
function cleaned(text: string, redact: Redact, length: number): string {
  const open = redact(text).replace(
    address,
    (_, ...[scheme, host, rest = ""]: string[]) => `${scheme}${host}${rest.length > 1 ? "/…" : ""}`,
  );
  return redact(cleanLine(open, length));
}

/** `promo, reel: 1 failed, 3 done` */
function titleOf(recipes: readonly string[], { counts, trouble, runId }: News): string {
  const names = recipes.slice(0, namesShown).join(", ");
  const more = recipes.length > namesShown ? ` and ${recipes.length - namesShown} more` : "";
  const about = names === "" ? "nemo-recipe" : names + more;
  const whole = trouble === undefined ? [] : [runId === undefined ? "could not begin" : "broke off"];
  return `${about}: ${[...whole, ...partsOf(counts)].join(", ")}`;
}

function partsOf(counts: NoticeCounts): string[] {
  const all: [number, string][] = [
    [counts.failed, `${counts.failed} failed`],
    [counts.needsYou, `${counts.needsYou} ${counts.needsYou === 1 ? "needs" : "need"} you`],
    [counts.budget, `${countOf(counts.budget, "job")} without room in a budget`],
    [counts.finished, `${counts.finished} done`],
    [counts.upToDate, `${counts.upToDate} up to date`],
    [counts.notStarted, `${counts.notStarted} not started`],
    [counts.interrupted, `${counts.interrupted} interrupted`],
  ];
  return all.flatMap(([count, text]) => (count > 0 ? [text] : []));
}
