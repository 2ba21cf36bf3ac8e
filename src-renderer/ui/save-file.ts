/** Offers a text as a file to be saved, as a browser does with a download. */
export function saveFile(name: string, text: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download holds what it needs once it has begun.
  requestIdleCallback(() => URL.revokeObjectURL(url));
}
