const KEY = 'lyss.chat.model';

/** The model this browser last began a chat with; a convenience, so storage that refuses costs nothing. */
export function readLastModel(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function rememberModel(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // The next chat then begins with the first model there is.
  }
}
