import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { reports } from '../spawn-process.ts';

export const storedFolder = join(reports, 'e2e', 'canary', 'stored');

/** What a page has: its address, and everything else that its scripts could read again. */
export interface Stored {
  address: string;
  kept: string;
}

/** Runs in the page: everything that its scripts could read again. */
async function readStored(): Promise<Stored> {
  const readStore = (store: IDBObjectStore) =>
    new Promise<unknown[]>((resolve, reject) => {
      const asked = store.getAll();
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error ?? new Error('unreadable'));
    });
  const openBase = (name: string) =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error ?? new Error('unopened'));
    });
  const bases: unknown[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const base = await openBase(name);
    for (const store of base.objectStoreNames) bases.push([name, store, await readStore(base.transaction(store).objectStore(store))]);
    base.close();
  }
  const cached: unknown[] = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) cached.push([request.url, await (await cache.match(request))?.text()]);
  }
  const kept = { state: history.state as unknown, name, local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie, bases, cached };
  return { address: location.href, kept: JSON.stringify(kept) };
}

/** Keeps what a browser has kept, for the canary to search. Call it while its pages are open. */
export async function keepStored(context: BrowserContext): Promise<void> {
  mkdirSync(storedFolder, { recursive: true });
  for (const page of context.pages()) {
    const stored = await readPage(page);
    if (stored !== null) writeFileSync(join(storedFolder, `${randomUUID()}.json`), JSON.stringify(stored));
  }
}

/** Null where there is nothing to read: a page that was never led anywhere, or is on its way out. */
async function readPage(page: Page): Promise<Stored | null> {
  if (!/^https?:/.test(page.url())) return null;
  return page.evaluate(readStored).catch((error: Error) => {
    if (/closed|crashed|navigation/i.test(error.message)) return null;
    throw error;
  });
}
