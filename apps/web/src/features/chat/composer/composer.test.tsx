import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiFailure } from '../../../api/client.ts';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { Composer } from './composer.tsx';
import { readDraft, removeDrafts, replaceDraft, restoreDraft } from './draft.ts';
import { CHARACTER_LIMIT } from './limits.ts';

const onSend = vi.fn<(text: string) => boolean>();
const onStop = vi.fn<() => void>();

function show(more: Partial<Parameters<typeof Composer>[0]> = {}) {
  const props = { draftKey: 'c1', tools: null, footnote: 'foot', model: 'chosen' as Parameters<typeof Composer>[0]['model'], state: 'ready' as const, refusal: undefined, onDismiss: vi.fn<() => void>(), onSend, onStop, ...more };
  const shown = render(<Composer {...props} />);
  return { ...shown, again: (changed: Partial<typeof props>) => shown.rerender(<Composer {...props} {...changed} />) };
}
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });

beforeAll(() => startTestTexts('en-US', 'chat'));
beforeEach(() => {
  removeDrafts();
  onSend.mockReset().mockReturnValue(true);
  onStop.mockReset();
});
afterEach(cleanup);

describe('the composer', () => {
  test('Enter sends and empties the box; Shift+Enter does not', () => {
    show();
    type('hello');
    fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
    expect(onSend).not.toHaveBeenCalled();
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(onSend).toHaveBeenCalledExactlyOnceWith('hello');
    expect(field().value).toBe('');
  });

  test('Enter that an input method takes sends nothing, also where Safari says it late', () => {
    show();
    type('nihao');
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
    expect(onSend).not.toHaveBeenCalled();
    expect(field().value).toBe('nihao');
    fireEvent.keyDown(field(), { key: 'Enter', keyCode: 13 });
    expect(onSend).toHaveBeenCalledTimes(1);
  });

  test('says why it cannot send, and does not', () => {
    const { rerender } = show();
    expect(screen.getByRole('button', { name: 'Send · Type a message first' }).getAttribute('aria-disabled')).toBe('true');
    type('x'.repeat(CHARACTER_LIMIT + 2));
    expect(screen.getByRole('alert').textContent).toBe('2 characters over the limit of 200,000');
    fireEvent.click(screen.getByRole('button', { name: 'Send · The message is too long' }));
    rerender(<Composer draftKey="c1" tools={null} footnote="" model="none" state="ready" refusal={undefined} onDismiss={vi.fn()} onSend={onSend} onStop={onStop} />);
    expect(screen.getByRole('button', { name: 'Send · Choose an available model first' })).toBeTruthy();
    expect(onSend).not.toHaveBeenCalled();
  });

  test('Enter before the models are known says so, and the text goes as soon as they are', () => {
    const { again } = show({ model: 'loading' });
    type('early');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByRole('status').textContent).toBe('Still loading; it is sent as soon as that is done');
    again({ model: 'chosen' });
    expect(onSend).toHaveBeenCalledExactlyOnceWith('early');
    expect(field().value).toBe('');
  });

  test('what was changed after an early Enter, or found no model, is not sent by itself', () => {
    const { again } = show({ model: 'loading' });
    type('early');
    fireEvent.keyDown(field(), { key: 'Enter' });
    type('early, and more');
    again({ model: 'chosen' });
    expect(onSend).not.toHaveBeenCalled();
    again({ model: 'loading' });
    fireEvent.keyDown(field(), { key: 'Enter' });
    again({ model: 'none' });
    expect(screen.getByRole('status').textContent).toBe('Choose an available model first');
    again({ model: 'chosen' });
    expect(onSend).not.toHaveBeenCalled();
    expect(field().value).toBe('early, and more');
  });

  test('a text that was not taken stays in the box', () => {
    onSend.mockReturnValue(false);
    show();
    type('too early');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(field().value).toBe('too early');
  });

  test('while an answer comes there is a stop button, and what is typed is kept', () => {
    show({ state: 'answering' });
    type('next question');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(onSend).not.toHaveBeenCalled();
    expect(field().value).toBe('next question');
    fireEvent.click(screen.getByRole('button', { name: 'Stop the answer (Esc)' }));
    expect(onStop).toHaveBeenCalledTimes(1);
  });

  test('a refused text is back, with the reason and the request id', () => {
    restoreDraft('c1', 'what was typed');
    show({ refusal: { what: 'send', failure: new ApiFailure({ code: '1005', status: 429, message: 'Too many requests', request_id: 'req-7' }) } });
    expect(field().value).toBe('what was typed');
    expect(screen.getByRole('alert').textContent).toContain('It was not sent. Your text is back in the box.Too many requestsRequest ID req-7');
  });

  test('drafts are kept per conversation, over a reload, and forgotten with the person', () => {
    replaceDraft('c1', 'one');
    replaceDraft('c2', 'two');
    show({ draftKey: 'c2' });
    expect(field().value).toBe('two');
    expect(sessionStorage.getItem('lyss.draft.c1')).toBe('one');
    restoreDraft('c1', 'sent before');
    expect(readDraft('c1')).toBe('sent before\n\none');
    removeDrafts();
    expect([readDraft('c1'), sessionStorage.getItem('lyss.draft.c2')]).toEqual(['', null]);
  });
});
