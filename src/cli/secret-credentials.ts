import type { CredentialStore } from "../nemo/credential-store.ts";
import type { Secrets } from "./redact.ts";

/** A store whose every value is kept from all output from the moment it is known. */
export function secretCredentials(store: CredentialStore, secrets: Secrets): CredentialStore {
  return {
    async readClientId() {
      const id = await store.readClientId();
      secrets.add(id);
      return id;
    },
    async writeClientId(id) {
      secrets.add(id);
      await store.writeClientId(id);
    },
    async readToken(origin) {
      const stored = await store.readToken(origin);
      secrets.add(stored?.token, stored?.clientId);
      return stored;
    },
    async writeToken(origin, token) {
      secrets.add(token.token, token.clientId);
      await store.writeToken(origin, token);
    },
  };
}
