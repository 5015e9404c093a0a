/** The command that goes on with a conversation. */
export function comeBack(jobId: string): string {
  return `nemo-recipe chat --session ${jobId}`;
}
