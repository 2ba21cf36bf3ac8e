/** The path of Electron's executable, looked for without starting a download; undefined when it is not there. */
export function findElectron(): string | undefined;
/** Lets Electron's package download its executable, as its first start would. */
export function downloadElectron(): string | undefined;
