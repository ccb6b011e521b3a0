import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Message } from '@lyss/api-types';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { sampleTexts } from '../../../ui/markdown/sample-texts.ts';
import { person } from '../../../api/test-server.ts';
import { useSession } from '../../../session/session-store.ts';
import { sampleMessage } from '../test/samples.ts';
import { AssistantMessage } from './assistant-message.tsx';
import { ConversationContext, type ConversationRoom } from './conversation-room.ts';

const room: ConversationRoom = {
  markdown: sampleTexts,
  can_send: true,
  nameOf: ({ model }) => (model === 'lyss-demo' ? 'Lyss Demo' : model),
  isDemo: () => true,
  onChoose: vi.fn<ConversationRoom['onChoose']>(),
  onRegenerate: vi.fn<ConversationRoom['onRegenerate']>(),
  onContinue: vi.fn<ConversationRoom['onContinue']>(),
  onEdit: vi.fn<ConversationRoom['onEdit']>(),
};

function show(more: Partial<Message>) {
  const message = sampleMessage(2, 1, { model: 'lyss-demo', supplier: 'demo', ...more });
  const row = { key: message.id, message, sibling_ids: [message.id], position: 0, turn: null, pending: false };
  return render(<ConversationContext value={room}><AssistantMessage row={row} last /></ConversationContext>);
}

beforeAll(async () => {
  await startTestTexts('en-US', 'chat');
  // The contract's Me, made for tests as a plain object.
  useSession.setState({ state: 'signed_in', me: person() as NonNullable<ReturnType<typeof useSession.getState>['me']> });
});
afterEach(cleanup);

describe('an answer', () => {
  test('is called as the picker calls its model, and by the model’s name where that is not offered any more', () => {
    show({});
    expect(screen.getByRole('heading', { name: 'Lyss Demo' })).toBeTruthy();
    cleanup();
    show({ model: 'gone-1' });
    expect(screen.getByRole('heading', { name: 'gone-1' })).toBeTruthy();
  });

  test('has the language it is written in, whatever the page’s is; its actions have the page’s', () => {
    const { container } = show({ content: [{ type: 'text', text: '多租户是一套软件同时服务多个组织。' }] });
    expect(container.querySelector('.md')?.getAttribute('lang')).toBe('zh-CN');
    expect(screen.getAllByRole('button', { name: 'Copy' })[0]?.closest('[lang]')).toBe(document.documentElement);
  });

  test('cut off by the supplier says the server’s words, not that it cannot be reached, and can be asked again', () => {
    const error = { code: '4005' as const, message: 'The supplier broke off before the answer was finished.', details: { kind: 'connection_failed', reason: 'cut_short', request_id: 'r-9' } };
    show({ status: 'interrupted', finish_reason: 'error', error, content: [{ type: 'text', text: 'half **bold' }] });
    const note = screen.getByRole('group', { name: 'The answer failed' });
    expect(note.textContent).toContain('The supplier broke off before the answer was finished.');
    expect(note.textContent).not.toContain('cannot be reached');
    fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(room.onRegenerate).toHaveBeenCalledTimes(1);
    // What the cut left open is not shown as marks.
    expect(screen.getByText('bold').tagName).toBe('STRONG');
  });

  test('says how long it took, also after a reload', () => {
    const usage = { input_tokens: 3, output_tokens: 5, cached_tokens: 0, reasoning_tokens: 0, estimated: false, cost: null };
    const { container } = show({ usage, duration_ms: 1_200, time_to_first_token_ms: 90 });
    fireEvent.click(screen.getByRole('button', { name: 'Usage' }));
    expect(container.querySelector('.chat-usage')?.textContent).toMatch(/First token90.*Duration1\.2/);
  });
});
