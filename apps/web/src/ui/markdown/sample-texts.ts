import type { MarkdownTexts } from './texts.ts';

/** Words for tests. */
export const sampleTexts: MarkdownTexts = {
  copy: 'Copy', copied: 'Copied', copy_csv: 'Copy as CSV', wrap: 'Wrap lines', unwrap: 'Do not wrap', code: 'Code', table: 'Table', image: 'Image', task_done: 'Done', task_open: 'To do',
  leave: { title: 'Leave?', explanation: 'This address is not ours.', open: 'Open', cancel: 'Stay', copy: 'Copy', copied: 'Copied' },
};
