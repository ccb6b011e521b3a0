/** The markers of contract.md, as the last message of the user holds them. */
export interface Markers {
  slow: boolean;
  long: number | null;
  markdown: boolean;
  code: boolean;
  reasoning: boolean;
  tool: string | null;
  error: '401' | '403' | '404' | '429' | '500' | 'timeout' | null;
  cut: boolean;
  empty: boolean;
  length: boolean;
  echo: boolean;
}

// Bounded, so that no message makes the house write for an hour.
const maxWords = 50_000;
const pattern =
  /(?<![\w:])demo:(?:(slow|markdown|code|reasoning|cut|empty|length|echo)(?![\w=-])|long=(\d{1,9})(?!\w)|tool=([\w-]{1,64})|error=(401|403|404|429|500|timeout)(?!\w))(?: |\r?\n)?/g;
const errors = ['401', '403', '404', '429', '500', 'timeout'] as const;

/** Finds the markers in a message, and its text without them. Anything that only looks like one stays text. */
export function readMarkers(message: string): { markers: Markers; text: string } {
  const markers: Markers = {
    slow: false, long: null, markdown: false, code: false, reasoning: false, tool: null, error: null, cut: false, empty: false, length: false, echo: false,
  };
  const text = message.replace(pattern, (_, flag?: string, words?: string, tool?: string, error?: string) => {
    if (words !== undefined) markers.long = Math.min(Number(words), maxWords);
    else if (tool !== undefined) markers.tool = tool;
    else if (error !== undefined) markers.error = errors.find((known) => known === error) ?? null;
    // The pattern admits only these names.
    else markers[flag as 'slow' | 'markdown' | 'code' | 'reasoning' | 'cut' | 'empty' | 'length' | 'echo'] = true;
    return '';
  });
  return { markers, text };
}
