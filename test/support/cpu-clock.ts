/** Milliseconds of processor time since the call: what others on the machine do meanwhile does not count. */
export function cpuClock(): () => number {
  const started = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
}
