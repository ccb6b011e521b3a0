/** Lets the browser save text as a file of this name. */
export function saveTextFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; what stays would keep the text in memory.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
