/** Keys of the config whose values are never shown: an address of `notify` is a key to another service. */
export const secretKeys: ReadonlySet<PropertyKey> = new Set(["token", "clientId", "notify"]);
