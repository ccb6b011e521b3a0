import type { TextsLike } from '../texts-shape.ts';
import type zh from './zh-CN.ts';

export default {
  product: 'Lyss',
  actions: {
    save: 'Save',
    cancel: 'Cancel',
    close: 'Close',
    retry: 'Try again',
    back: 'Back',
    sign_out: 'Sign out',
  },
} satisfies TextsLike<typeof zh>;
