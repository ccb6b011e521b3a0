import type { ReactNode } from 'react';
import { FormDrawer } from '../../ui/overlay/form-drawer.tsx';
import { useTexts } from '../i18n/use-texts.ts';

/** A drawer with a form: cross and Esc close it, and ask first where something was typed. */
export function FormSheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const t = useTexts('app');
  const unsaved = { title: t(($) => $.unsaved.title), text: t(($) => $.unsaved.text), stay: t(($) => $.unsaved.stay), go: t(($) => $.unsaved.go) };
  return <FormDrawer title={title} closeText={t(($) => $.actions.close)} unsaved={unsaved} onClose={onClose}>{children}</FormDrawer>;
}
