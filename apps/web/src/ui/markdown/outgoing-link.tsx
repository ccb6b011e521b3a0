import type { KeyboardEvent, ReactNode } from 'react';
import { useRoom } from './use-room.ts';

/**
 * A link in a model's text. No <a>: neither a middle click nor a drag gets past the page that shows the address.
 * @param address has passed `findAddress`.
 */
export function OutgoingLink({ address, children }: { address: string; children: ReactNode }) {
  const { onLeave } = useRoom();
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onLeave(address);
  };
  return <span className="md-link" role="link" tabIndex={0} title={address} onClick={() => onLeave(address)} onKeyDown={press}>{children}</span>;
}
