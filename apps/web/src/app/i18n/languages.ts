import type { Locale } from '@lyss/api-types';

/** The console's languages, each in its own words: whoever looks for theirs may not read the other. */
export const languages: readonly { value: Locale; label: string }[] = [
  { value: 'zh-CN', label: '中文' },
  { value: 'en-US', label: 'English' },
];
