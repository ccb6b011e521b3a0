import { ActionButton } from '../action-button.tsx';
import { CopyButton } from '../copyable.tsx';
import { Dialog } from '../overlay/dialog.tsx';
import type { LeaveTexts } from './texts.ts';

/** The part of an address that says where one ends up, set apart from what only looks like it. */
function split(address: string): [before: string, host: string, after: string] {
  const url = new URL(address);
  const start = url.host === '' ? -1 : address.indexOf(url.host, address.lastIndexOf('@', address.length - url.pathname.length - url.search.length - url.hash.length) + 1);
  if (start === -1) return [address, '', ''];
  return [address.slice(0, start), url.host, address.slice(start + url.host.length)];
}

/** Shows the whole address before the console is left. `address` has passed `findAddress`. */
export function LeaveLink({ address, texts, onClose }: { address: string; texts: LeaveTexts; onClose: () => void }) {
  const [before, host, after] = split(address);
  const actions = (
    <>
      <ActionButton onClick={onClose}>{texts.cancel}</ActionButton>
      <a className="ui-button is-primary is-middle" href={address} target="_blank" rel="noopener noreferrer nofollow" onClick={onClose}>{texts.open}</a>
    </>
  );
  return (
    <Dialog title={texts.title} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{texts.explanation}</p>
      <div className="md-leave">
        <p className="ui-address" tabIndex={0}>{before}<b>{host}</b>{after}</p>
        <CopyButton text={address} copyText={texts.copy} copiedText={texts.copied} />
      </div>
    </Dialog>
  );
}
