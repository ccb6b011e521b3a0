import { expect, it } from 'vitest';
import type { Letter, Mailer } from './mailer.ts';
import { createOutbox } from './outbox.ts';

const letter = (to: string): Letter => ({ to, subject: 's', text: 't', html: 'h' });

function createScene(send: (letter: Letter) => Promise<void>) {
  const said: string[] = [];
  let closed = false;
  const mailer: Mailer = { is_configured: true, send, close: () => void (closed = true) };
  return { said, isClosed: () => closed, outbox: createOutbox(mailer, (failure) => void said.push(failure)) };
}

it('sends a few at once, each of them once, and tells how each ended', async () => {
  let [running, most] = [0, 0];
  const { outbox } = createScene(async ({ to }) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running--;
    if (to === '7') throw Object.assign(new Error('no'), { code: 'EENVELOPE' });
  });
  const ended = new Map<string, string | null>();
  for (let at = 0; at < 40; at++) outbox.post(letter(String(at)), async (failure) => void ended.set(String(at), failure));
  await expect.poll(() => ended.size).toBe(40);
  expect(most).toBe(4);
  expect([...ended].filter(([, failure]) => failure !== null)).toEqual([['7', 'address_refused']]);
});

it('refuses beyond a thousand, and says so', async () => {
  const { outbox, said } = createScene(() => new Promise(() => undefined));
  const failures: unknown[] = [];
  for (let at = 0; at < 1_010; at++) outbox.post(letter(String(at)), async (failure) => void failures.push(failure));
  await expect.poll(() => failures.length).toBe(6);
  expect(new Set(failures)).toEqual(new Set(['too_many_waiting']));
  expect(said).toHaveLength(6);
});

it('goes on where an outcome can’t be written down', async () => {
  const { outbox, said } = createScene(async () => undefined);
  outbox.post(letter('a'), async () => Promise.reject(new Error('database away')));
  let sent = false;
  outbox.post(letter('b'), async () => void (sent = true));
  await expect.poll(() => sent).toBe(true);
  expect(said).toEqual(['outcome_lost']);
});

it('waits at its end for what is being sent, and takes nothing after that', async () => {
  let arrive: () => void = () => undefined;
  const { outbox, isClosed } = createScene(() => new Promise((resolve) => (arrive = resolve)));
  let ended = false;
  outbox.post(letter('a'), async () => void (ended = true));
  const closing = outbox.close();
  expect(isClosed()).toBe(false);
  arrive();
  await closing;
  expect([ended, isClosed()]).toEqual([true, true]);
  outbox.post(letter('b'), async () => Promise.reject(new Error('never asked')));
});
