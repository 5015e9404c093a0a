/** Every way in which a command refuses before anything is sent, with what it means. The one table: docs follow it. */
export const refusalCodes = {
  usage: "the command line does not fit the command, or what it names is not there",
  refused: "nothing was spent, because spending was refused",
  failed: "the command cannot do its work here",
  "unknown-command": "there is no such command",
  "unknown-flag": "the command has no such flag",
  "flag-value": "a flag lacks its value, or has one that it does not take",
  "unknown-run": "no run, job or file of this state folder is meant by that, or several are",
  "no-recipe": "no recipe was named, and there is none here",
  "no-input": "media that the command line names is not there",
  "bad-folder": "a watched folder is not there, or clashes with another folder",
  "bad-schedule": "there is nothing to schedule, or two recipes would be mixed up",
  "bad-plan": "the file is no plan that was saved",
  "plan-changed": "something has changed since the plan was saved",
  "no-consent": "several jobs would cost credits, and nobody has agreed to that",
  "no-budget": "a watch or a schedule would spend without a limit",
  "token-expires": "the token would expire before the run could end",
  "no-state": "under CI the state folder is empty, and paid work might be forgotten",
  "no-ffmpeg": "the local backend draws with ffmpeg, and none was found",
  "port-taken": "another program listens on the port",
  "local-busy": "another process holds the local backend of the state folder, and does not answer",
  "unknown-fault": "the emulator has no such fault",
  "nothing-to-do": "what was asked for does not apply to this run or job",
} as const;

export type RefusalCode = keyof typeof refusalCodes;
