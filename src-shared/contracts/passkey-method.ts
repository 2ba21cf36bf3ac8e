/** The way to log in by a passkey, beside the connectors. By itself, because the login screen needs it and no schemas. */
export const passkeyMethod = { kind: 'passkey', name: 'passkey' } as const;
