import { IconButton } from '../action-button.tsx';
import { ChevronLeftIcon, ChevronRightIcon } from '../icons.tsx';
import './list.css';

export interface ListPaging {
  has_prev: boolean;
  has_next: boolean;
  onPrev: () => void;
  onNext: () => void;
}

export interface ListPagerTexts {
  previous: string;
  next: string;
  /** Where we are, in words: 第 2 页, 21–40 of 168. */
  position: string;
}

/** Forward and back through a list: it pages by cursor, so there are no numbers to jump to. */
export function ListPager({ paging, texts }: { paging: ListPaging; texts: ListPagerTexts }) {
  const { has_prev, has_next, onPrev, onNext } = paging;
  return (
    <nav className="ui-pager" aria-label={texts.position}>
      <span className="tabular-nums" role="status">{texts.position}</span>
      <IconButton label={texts.previous} disabled={!has_prev} onClick={onPrev}><ChevronLeftIcon /></IconButton>
      <IconButton label={texts.next} disabled={!has_next} onClick={onNext}><ChevronRightIcon /></IconButton>
    </nav>
  );
}
