import { IconButton } from '../action-button.tsx';
import { ChevronLeftIcon, ChevronRightIcon } from '../icons.tsx';
import './list.css';

export interface ListPaging {
  page_size: number;
  has_prev: boolean;
  has_next: boolean;
  onPrev: () => void;
  onNext: () => void;
  onPageSize?: (size: number) => void;
}

export interface ListPagerTexts {
  previous: string;
  next: string;
  pageSize: string;
  /** Where we are, in words: 第 2 页, 21–40 of 168. */
  position: string;
}

const sizes = [20, 50, 100] as const;

/** Forward and back through a list: it pages by cursor, so there are no numbers to jump to. */
export function ListPager({ paging, texts }: { paging: ListPaging; texts: ListPagerTexts }) {
  const { page_size, has_prev, has_next, onPrev, onNext, onPageSize } = paging;
  return (
    <nav className="ui-pager" aria-label={texts.position}>
      {onPageSize ? (
        <label className="ui-pager-size">
          {texts.pageSize}
          <select value={page_size} onChange={(event) => onPageSize(Number(event.target.value))}>
            {sizes.map((size) => <option key={size} value={size}>{size}</option>)}
          </select>
        </label>
      ) : null}
      <span className="tabular-nums" role="status">{texts.position}</span>
      <IconButton label={texts.previous} disabled={!has_prev} onClick={onPrev}><ChevronLeftIcon /></IconButton>
      <IconButton label={texts.next} disabled={!has_next} onClick={onNext}><ChevronRightIcon /></IconButton>
    </nav>
  );
}
