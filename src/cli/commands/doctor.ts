import { configFolder } from "../../files/state-folder.ts";
import type { Config } from "../../config/config.ts";
import type { LoadedConfig } from "../../config/load-config.ts";
import type { Call, Command } from "../call.ts";
import { checkAccount } from "../doctor/check-account.ts";
import { checkJournal } from "../doctor/check-journal.ts";
import { checkFfmpeg, checkFolder, checkRuntime, checkWatchLimits } from "../doctor/check-machine.ts";
import { checkNotify } from "../doctor/check-notify.ts";
import { checkService } from "../doctor/check-service.ts";
import { bad, ok, type Finding } from "../doctor/finding.ts";
import { exitCodes } from "../exit-code.ts";
import { proxyOf } from "../proxy-of.ts";
import { loadSettings } from "../settings.ts";

/** Checks what a run needs, and says what to do about what is missing. */
export const doctor: Command = async (call) => {
  const { flags, screen } = call;
  const loaded = await loadSettings(call);
  if (flags.config !== undefined) return showConfig(loaded, call);
  const findings = await examine(loaded, call);
  if (flags.json === true) screen.out(JSON.stringify(findings));
  else for (const finding of findings) for (const line of lines(finding, call)) screen.out(line);
  return findings.some((finding) => finding.mark === "bad") ? exitCodes.failed : exitCodes.done;
};

async function examine(loaded: LoadedConfig, call: Call): Promise<Finding[]> {
  const { config, problems, file } = loaded;
  const { io } = call;
  const findings = [checkRuntime(process.versions)];
  if (config === undefined)
    return [
      ...findings,
      ...problems.map(({ message, hint }) => bad("config", message, hint ?? "Mend the file.")),
    ];
  findings.push(ok("config", file ?? "no file; the defaults hold"));
  findings.push(await checkJournal(config.stateDir));
  findings.push(await checkFolder("credentials", configFolder(io)));
  if (config.backend === "cloud") findings.push(...(await reach(config, io)));
  findings.push(await checkFfmpeg(), ...(await checkWatchLimits(io.platform)));
  return [...findings, ...(await checkNotify(call, config))];
}

async function reach(config: Config, io: Call["io"]): Promise<readonly Finding[]> {
  const account = await checkAccount(config, configFolder(io));
  return [account, ...(await checkService(config.apiUrl, proxyOf(io.env)))];
}

function showConfig({ origins, problems }: LoadedConfig, { flags, screen }: Call): number {
  const width = (of: "key" | "shown"): number => Math.max(...origins.map((origin) => origin[of].length));
  if (flags.json === true) screen.out(JSON.stringify({ settings: origins, problems }));
  else
    for (const { key, shown, origin } of origins)
      screen.out(`${key.padEnd(width("key"))}  ${shown.padEnd(width("shown"))}  ${origin}`);
  for (const { message, hint } of flags.json === true ? [] : problems)
    screen.alert(`${message}${hint === undefined ? "" : `: ${hint}`}`);
  return problems.length > 0 ? exitCodes.usage : exitCodes.done;
}

function lines({ mark, about, says, hint }: Finding, { screen }: Call): string[] {
  const { green, yellow, red } = screen.outPaint;
  const sign = { ok: green("✓"), warning: yellow("!"), bad: red("✗") }[mark];
  return [
    `${sign} ${about.padEnd(12)} ${says}`,
    ...(hint === undefined || hint === "" ? [] : [`  ${" ".repeat(12)} ${hint}`]),
  ];
}
