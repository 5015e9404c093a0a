import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StopSignal } from "../../../src/cli/io.ts";
import { callCli, type CalledCli } from "../../support/call-cli.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { photoNumber } from "../../watch/photo-number.ts";

/** What a person at the keyboard can do while `up` goes on. */
export interface Hands {
  readonly signal: (name?: StopSignal) => void;
  readonly hangUp: () => void;
}

/** What is waited for on stdout or stderr, and what is done then. The last one is followed by Ctrl-C. */
export type Step = readonly [text: string, act?: (hands: Hands) => void];

export interface Desk {
  readonly cwd: string;
  put(name: string, text: string): void;
  photo(name: string, number: number): void;
  up(steps: readonly Step[], ...args: string[]): Promise<CalledCli>;
}

const timing = `poll: { state: 40ms, render: 900ms }
timeouts: { change: 5s }
`;

/** A recipe that watches `inbox`, and says `what` in its prompts. */
export const clip = (what = "photo", more = "watch: { folder: inbox, settle: 100ms }"): string =>
  `name: clip
prompts: make a 1-second video of my ${what}
export: { to: "out/\${{ input.stem }}.mp4", quality: low }
${more}
${timing}`;

/** A recipe with a slot every `seconds`. */
export const news = (seconds: number): string => `name: news
prompts: make a 1-second video of \${{ run.slot }}
export: { quality: low }
schedule: { cron: "*/${seconds} * * * * *", timezone: UTC }
${timing}`;

/** A folder with a config and an inbox; `env` is that of every command. */
export function desk(
  env: Readonly<Record<string, string>>,
  config = "up: clip.yaml\nbudget: { perDay: 9000 }",
): Desk {
  const cwd = realpathSync(tempDir());
  mkdirSync(join(cwd, "inbox"));
  const put = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
  put("nemo-recipe.config.yaml", config);
  put("clip.yaml", clip());
  return {
    cwd,
    put,
    photo: (name, number) => writeFileSync(join(cwd, name), photoNumber(number)),
    up: (steps, ...args) => {
      let at = 0;
      let heard = "";
      return callCli(["up", ...args], {
        cwd,
        env: { ...env, NEMO_RECIPE_STATE_DIR: join(cwd, "state") },
        onOutput: (text, hands) => {
          heard += text;
          for (let step = steps[at]; step !== undefined && heard.includes(step[0]); step = steps[at]) {
            heard = heard.slice(heard.indexOf(step[0]) + step[0].length);
            at += 1;
            step[1]?.(hands);
            if (at === steps.length) setTimeout(hands.signal, 50);
          }
        },
      });
    },
  };
}
