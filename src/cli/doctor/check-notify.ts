import type { Config } from "../../config/config.ts";
import { deliverNotice } from "../../notify/deliver-notice.ts";
import type { Listener } from "../../notify/notifier.ts";
import { addresseeName } from "../../notify/addressee.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import { noNews } from "../../report/news.ts";
import { noticeOf } from "../../report/notice-of.ts";
import type { Call } from "../call.ts";
import { loadOne } from "../recipes/load-recipes.ts";
import { newId } from "../new-id.ts";
import { listenersOf } from "../notify/listeners.ts";
import { openPost } from "../notify/post.ts";
import { rememberSecrets } from "../notify/remember-secrets.ts";
import { recipesAtHand } from "../recipes/recipes-at-hand.ts";
import { wallClock } from "../wall-clock.ts";
import { bad, ok, warning, type Finding } from "./finding.ts";

const seeDocs =
  "Look at `notify` in the recipe or the config, and at the variables that it takes from the environment.";

/**
 * Where messages go: those of the config, of the recipes named, else of those that `up` runs and of recipe.yaml here.
 * With --notify each gets a message, to try it.
 */
export async function checkNotify(call: Call, config: Config): Promise<readonly Finding[]> {
  const { args, flags } = call;
  rememberSecrets({ env: [], notify: config.notify }, call);
  const findings: Finding[] = [];
  const recipes: Recipe[] = [];
  for (const argument of args.length > 0 ? args : await recipesAtHand(call, config)) {
    const { recipe } = await loadOne(argument, call, config);
    if (recipe === undefined)
      findings.push(
        warning("notify", `${argument} cannot be read`, `nemo-recipe validate ${argument} says why.`),
      );
    else recipes.push(recipe);
  }
  for (const recipe of recipes) rememberSecrets(recipe, call);
  const listeners = listenersOf({ config, recipes, signal: new AbortController().signal }, call);
  for (const listener of listeners) findings.push(await checkListener(listener, call));
  if (listeners.length === 0 && flags.notify === true)
    findings.push(warning("notify", "nobody is named", seeDocs));
  return findings;
}

async function checkListener(listener: Listener, { flags, io, secrets }: Call): Promise<Finding> {
  const nowMs = wallClock.now();
  const to = listener.addressee({ runId: newId("run"), startedAtMs: nowMs });
  if (typeof to === "string") return bad("notify", `${listener.name}: ${to}`, seeDocs);
  const hears = `${addresseeName(to)} hears of ${listener.on.join(", ")}`;
  if (flags.notify !== true) return ok("notify", hears);
  const notice = {
    ...noticeOf({ ...noNews, startedAtMs: nowMs }, { id: newId("ntc"), atMs: nowMs, redact: secrets.redact }),
    title: "nemo-recipe: a message to try the way; nothing has happened",
  };
  const { post, close } = openPost(io);
  const { signal } = new AbortController();
  const why = await deliverNotice(notice, to, { post, clock: wallClock, env: io.env, signal });
  await close();
  return why === undefined
    ? ok("notify", `${hears}, and took a message`)
    : bad("notify", `${addresseeName(to)}: ${why}`, seeDocs);
}
