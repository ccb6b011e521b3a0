import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '@lyss/api-types';
import { call } from '../api/client.ts';
import { ok, person, refused, serve } from '../api/test-server.ts';
import { useSession } from './session-store.ts';
import { enterSession, followTabs, leaveSession, startSession } from './start-session.ts';
import { noteToken } from './tabs.ts';

const state = () => useSession.getState().state;
const ended = () => useSession.getState().ended;

beforeEach(() => {
  localStorage.clear();
  useSession.setState({ state: 'unknown', me: null, ended: false });
});
afterEach(() => {
  vi.unstubAllGlobals();
  Object.defineProperty(navigator, 'locks', { configurable: true, value: undefined });
});

describe('finding out who is here', () => {
  it('costs a visitor one call that answers 200', async () => {
    const calls = serve({ 'POST /api/v1/auth/refresh': () => ok({ authenticated: false, user: null, expires_in: null }) });
    await startSession();
    expect(state()).toBe('signed_out');
    expect(calls.map((call) => call.path)).toEqual(['/api/v1/auth/refresh']);
  });

  it('asks who I am while the token lives, and refreshes first when it does not', async () => {
    const answers = { 'GET /api/v1/auth/me': () => ok(person()), 'POST /api/v1/auth/refresh': () => ok({ authenticated: true, user: person(), expires_in: 600 }) };
    const first = serve(answers);
    localStorage.setItem('lyss.session.ends_at', String(Date.now() + 60_000));
    await startSession();
    expect(first.map((call) => call.path)).toEqual(['/api/v1/auth/me']);
    useSession.setState({ state: 'unknown', me: null });
    const second = serve(answers);
    localStorage.setItem('lyss.session.ends_at', String(Date.now() - 1));
    await startSession();
    expect(second.map((call) => call.path)).toEqual(['/api/v1/auth/refresh']);
    expect(state()).toBe('signed_in');
  });

  it('learns who it is where another tab made the refresh', async () => {
    // The other tab holds the lock and finishes just before this one gets it.
    Object.defineProperty(navigator, 'locks', {
      configurable: true,
      value: {
        request: (_name: string, work: () => Promise<unknown>) => {
          return new Promise((resolve) => setTimeout(resolve, 5)).then(() => {
            localStorage.setItem('lyss.session.refreshed_at', String(Date.now()));
            return work();
          });
        },
      },
    });
    const calls = serve({ 'GET /api/v1/auth/me': () => ok(person()) });
    await startSession();
    expect(calls.map((call) => call.path)).toEqual(['/api/v1/auth/me']);
    expect(state()).toBe('signed_in');
  });

  it('does not take a broken server for a sign-out', async () => {
    serve({ 'POST /api/v1/auth/refresh': () => refused(503, '5004') });
    await expect(startSession()).rejects.toMatchObject({ status: 503 });
    expect(state()).toBe('unknown');
  });
});

describe('knowing who was signed out against their will', () => {
  const visitor = { 'POST /api/v1/auth/refresh': () => ok({ authenticated: false, user: null, expires_in: null }) };
  const dead = { 'GET /api/v1/auth/me': () => refused(401, '2003'), 'POST /api/v1/auth/refresh': () => refused(401, '2003') };

  it('is nobody who was never here, and nobody who left', async () => {
    serve({ ...visitor, 'POST /api/v1/auth/logout': () => new Response(null, { status: 204 }) });
    await startSession();
    expect([state(), ended()]).toEqual(['signed_out', false]);
    enterSession({ user: person() as Me, expires_in: 600 });
    await leaveSession();
    expect([state(), ended()]).toEqual(['signed_out', false]);
  });

  it('is somebody whose session the server no longer knows, in mid-work or at the next visit', async () => {
    serve(dead);
    enterSession({ user: person() as Me, expires_in: 600 });
    await expect(call('auth.me')).rejects.toMatchObject({ status: 401 });
    expect([state(), ended()]).toEqual(['signed_out', true]);
    useSession.setState({ state: 'unknown', me: null, ended: false });
    noteToken(-1);
    await startSession();
    expect([state(), ended()]).toEqual(['signed_out', true]);
  });

  it('is told why, where the server knows, and still after the cookies are gone', async () => {
    let times = 0;
    serve({
      'GET /api/v1/auth/me': () => refused(401, '2003'),
      'POST /api/v1/auth/refresh': () => (times++ === 0 ? refused(401, '2003', { reason: 'password_changed' }) : ok({ authenticated: false, user: null, expires_in: null })),
    });
    enterSession({ user: person() as Me, expires_in: 600 });
    await expect(call('auth.me')).rejects.toMatchObject({ status: 401 });
    expect(useSession.getState()).toMatchObject({ state: 'signed_out', ended: true, end_reason: 'password_changed' });
    await startSession();
    expect(useSession.getState()).toMatchObject({ ended: true, end_reason: 'password_changed' });
    enterSession({ user: person() as Me, expires_in: 600 });
    expect(useSession.getState()).toMatchObject({ ended: false, end_reason: null });
    serve({ 'GET /api/v1/auth/me': () => refused(401, '2003'), 'POST /api/v1/auth/refresh': () => refused(401, '2003', { reason: 'a word of another release' }) });
    noteToken(-1);
    await expect(call('auth.me')).rejects.toMatchObject({ status: 401 });
    expect(useSession.getState()).toMatchObject({ ended: true, end_reason: null });
  });

  it('is somebody whose other tab was left, and not any more once they are back', async () => {
    serve({});
    const stop = followTabs();
    const otherTab = new BroadcastChannel('lyss.session');
    enterSession({ user: person() as Me, expires_in: 600 });
    // oxlint-disable-next-line require-post-message-target-origin -- a BroadcastChannel takes none
    otherTab.postMessage('signed_out');
    await vi.waitFor(() => expect([state(), ended()]).toEqual(['signed_out', true]));
    enterSession({ user: person() as Me, expires_in: 600 });
    expect([state(), ended()]).toEqual(['signed_in', false]);
    stop();
    otherTab.close();
  });
});

describe('several tabs', () => {
  it('are left together, and entered together', async () => {
    serve({ 'GET /api/v1/auth/me': () => ok(person()) });
    const stop = followTabs();
    const otherTab = new BroadcastChannel('lyss.session');
    // oxlint-disable-next-line require-post-message-target-origin -- a BroadcastChannel takes none
    otherTab.postMessage('signed_in');
    await vi.waitFor(() => expect(state()).toBe('signed_in'));
    // oxlint-disable-next-line require-post-message-target-origin -- a BroadcastChannel takes none
    otherTab.postMessage('signed_out');
    await vi.waitFor(() => expect(state()).toBe('signed_out'));
    stop();
    otherTab.close();
  });

  it('hear of a sign-out even where the server could not be told', async () => {
    serve({ 'POST /api/v1/auth/logout': () => refused(503, '5004') });
    const heard: unknown[] = [];
    const otherTab = new BroadcastChannel('lyss.session');
    otherTab.addEventListener('message', (event) => heard.push((event as MessageEvent).data));
    enterSession({ user: person() as Me, expires_in: 600 });
    await expect(leaveSession()).rejects.toMatchObject({ status: 503 });
    expect(state()).toBe('signed_out');
    expect(localStorage.getItem('lyss.session.ends_at')).toBeNull();
    await vi.waitFor(() => expect(heard).toEqual(['signed_in', 'signed_out']));
    otherTab.close();
  });
});
