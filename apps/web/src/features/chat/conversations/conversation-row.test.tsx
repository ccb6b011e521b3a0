import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestTexts } from '../../../app/i18n/start-test-texts.ts';
import { renderPage } from '../../../app/test-page.tsx';
import { sampleConversation } from '../test/samples.ts';
import { ConversationRow } from './conversation-row.tsx';

const onRename = vi.fn();
const nothing = () => undefined;
const conversation = sampleConversation(1);
const menu = () => screen.findByRole('button', { name: /conversation 1/ });

async function rename(): Promise<HTMLElement> {
  fireEvent.click(await menu());
  fireEvent.click(screen.getByRole('menuitem', { name: 'Rename', hidden: true }));
  return screen.getByRole('textbox');
}

beforeAll(() => startTestTexts('en-US', 'chat'));
beforeEach(() => {
  renderPage(<ConversationRow conversation={conversation} open={false} onGo={undefined} onRename={onRename} onPin={nothing} onArchive={nothing} onRemove={nothing} />);
});
afterEach(() => {
  cleanup();
  onRename.mockReset();
});

test.each(['Enter', 'Escape'])('renaming that ends with %s gives the focus back to the row', async (key) => {
  const field = await rename();
  fireEvent.change(field, { target: { value: 'another' } });
  // Else the same key would press the button that has the focus next.
  expect(fireEvent.keyDown(field, { key })).toBe(false);
  const trigger = await menu();
  await waitFor(() => expect(document.activeElement).toBe(trigger));
  expect(onRename.mock.calls.map(([, title]) => title)).toEqual(key === 'Enter' ? ['another'] : []);
});

test('renaming that ends because somebody went elsewhere leaves the focus there', async () => {
  const field = await rename();
  fireEvent.blur(field);
  const trigger = await menu();
  expect(document.activeElement).not.toBe(trigger);
});
