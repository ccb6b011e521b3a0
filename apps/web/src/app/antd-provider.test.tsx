import { render, screen } from '@testing-library/react';
import { Drawer } from 'antd';
import { expect, it } from 'vitest';
import { AntdProvider, findFloating } from './antd-provider.tsx';
import { startTestTexts } from './i18n/start-test-texts.ts';

it('opens a drawer without a style element that the policy would refuse', async () => {
  await startTestTexts('en-US');
  render(<AntdProvider><Drawer open title="Add">Form</Drawer></AntdProvider>);
  expect(findFloating().contains(screen.getByRole('dialog'))).toBe(true);
  const locks = [...document.querySelectorAll('style')].filter((style) => /overflow-y: hidden/.test(style.textContent ?? ''));
  expect(locks).toEqual([]);
});
