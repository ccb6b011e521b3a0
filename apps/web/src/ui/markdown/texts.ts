import { createContext } from 'react';

/** Every word the renderer shows of its own; the caller's language. */
export interface MarkdownTexts {
  copy: string;
  copied: string;
  copy_csv: string;
  wrap: string;
  unwrap: string;
  /** Names a code block without a language. */
  code: string;
  /** Names a table's scrollable region. */
  table: string;
  /** Before an image's own name: 'Image', '图片'. */
  image: string;
  task_done: string;
  task_open: string;
  leave: LeaveTexts;
}

export interface LeaveTexts {
  title: string;
  /** Why this is asked. */
  explanation: string;
  open: string;
  cancel: string;
  copy: string;
  copied: string;
}

/** What blocks need of the message they stand in. */
export interface MarkdownRoom {
  texts: MarkdownTexts;
  /** Shows the whole address before anything is opened. */
  onLeave: (address: string) => void;
}

export const MarkdownContext = createContext<MarkdownRoom | null>(null);
