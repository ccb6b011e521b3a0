import { expect, it } from 'vitest';
import type { CatalogueModel } from '@lyss/api-types';
import { listChoices, narrowChoices } from './model-choice.ts';

const known = (name: string): CatalogueModel => ({ name, display_name: name, context_window: 128_000, max_output_tokens: null, capabilities: [], price: null });

it('offers each model once: found and known, found, known, then names typed', () => {
  const choices = listChoices({ found: ['new-model', 'gpt-5.2'], catalogue: [known('gpt-5.2'), known('gpt-4.1')], chosen: ['my-deployment', 'gpt-5.2'] });
  expect(choices.map(({ name, found, known: entry }) => [name, found, entry !== null])).toEqual([
    ['gpt-5.2', true, true],
    ['new-model', true, false],
    ['gpt-4.1', false, true],
    ['my-deployment', false, false],
  ]);
});

it('leads with what the credential served before, also while it is being unticked', () => {
  const listNames = (chosen: string[]) => listChoices({ found: [], catalogue: [known('gpt-4.1'), known('gpt-5.2')], chosen, kept: ['my-deployment', 'gpt-5.2'] }).map(({ name }) => name);
  expect(listNames(['my-deployment', 'gpt-5.2'])).toEqual(['gpt-5.2', 'my-deployment', 'gpt-4.1']);
  expect(listNames(['gpt-4.1'])).toEqual(['gpt-5.2', 'my-deployment', 'gpt-4.1']);
});

it('narrows by what is typed, and offers a name that nobody listed', () => {
  const choices = listChoices({ found: ['gpt-5.2', 'GPT-image'], catalogue: [], chosen: [] });
  expect(narrowChoices(choices, ' gpt-5 ')).toMatchObject({ shown: [{ name: 'gpt-5.2' }], addable: 'gpt-5' });
  expect(narrowChoices(choices, 'gpt').shown).toHaveLength(2);
  expect(narrowChoices(choices, 'gpt-5.2').addable).toBeNull();
  expect(narrowChoices(choices, '  ')).toMatchObject({ addable: null });
});
