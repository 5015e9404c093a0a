/** Most measured turns of one kind that an estimate is read from: prices change, and the newest tell. */
export const mostSamples = 200;
