/** Hands a file to the person: the window asks where to put it, a browser puts it with the downloads. */
export function saveFile(name: string, type: string, parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on what it reads; this one is not needed after it has begun.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
