/** Time that has passed, in a width that hardly changes while it is counted: `7s`, `1m05s`, `2h03m`, `3d04h`. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [days, hours, minutes] = [86_400, 3600, 60].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ];
  if (days > 0) return `${days}d${twoDigits(hours % 24)}h`;
  if (hours > 0) return `${hours}h${twoDigits(minutes % 60)}m`;
  if (minutes > 0) return `${minutes}m${twoDigits(seconds % 60)}s`;
  return `${seconds}s`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
