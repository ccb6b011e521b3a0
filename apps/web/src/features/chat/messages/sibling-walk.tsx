import { useTexts } from '../../../app/i18n/use-texts.ts';
import { IconButton } from '../../../ui/action-button.tsx';
import { ChevronLeftIcon, ChevronRightIcon } from '../../../ui/icons.tsx';

interface SiblingWalkProps {
  sibling_ids: readonly string[];
  /** From 0. */
  position: number;
  onChoose: (id: string) => void;
}

/** ‹ 2 / 3 ›: the versions of one turn. */
export function SiblingWalk({ sibling_ids, position, onChoose }: SiblingWalkProps) {
  const t = useTexts('chat');
  if (sibling_ids.length < 2) return null;
  const before = sibling_ids[position - 1];
  const after = sibling_ids[position + 1];
  return (
    <span className="chat-walk">
      <IconButton label={t(($) => $.actions.previous)} disabled={before === undefined} onClick={() => before !== undefined && onChoose(before)}><ChevronLeftIcon size={14} /></IconButton>
      <span className="tabular-nums" aria-hidden="true">{position + 1}/{sibling_ids.length}</span>
      <span className="visually-hidden">{t(($) => $.actions.position, { position: position + 1, count: sibling_ids.length })}</span>
      <IconButton label={t(($) => $.actions.next)} disabled={after === undefined} onClick={() => after !== undefined && onChoose(after)}><ChevronRightIcon size={14} /></IconButton>
    </span>
  );
}
