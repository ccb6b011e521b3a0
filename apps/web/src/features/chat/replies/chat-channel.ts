// The tabs of one browser tell each other which conversation changed; ids only, never a text.
let channel: BroadcastChannel | null = null;

function openChannel(): BroadcastChannel | null {
  if (typeof BroadcastChannel === 'undefined') return null;
  channel ??= new BroadcastChannel('lyss.chat');
  return channel;
}

/** Tells the other tabs that a reply began or ended in a conversation. */
export function tellChat(conversation_id: string): void {
  openChannel()?.postMessage(conversation_id);
}

/** Calls back with the conversations that changed in other tabs; answers how to stop listening. */
export function hearChat(hear: (conversation_id: string) => void): () => void {
  const open = openChannel();
  const listener = (event: MessageEvent<string>) => hear(event.data);
  open?.addEventListener('message', listener);
  return () => open?.removeEventListener('message', listener);
}
