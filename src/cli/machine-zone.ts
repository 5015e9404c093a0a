/** The IANA name of the machine's time zone. */
export const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
