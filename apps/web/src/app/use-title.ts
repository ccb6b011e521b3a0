import { useEffect } from 'react';

/** The tab's title: the page first, so that it can be told apart when tabs are narrow. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === 'Lyss' ? title : `${title} · Lyss`;
  }, [title]);
}
