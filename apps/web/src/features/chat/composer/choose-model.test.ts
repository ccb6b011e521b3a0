import { describe, expect, test } from 'vitest';
import { sampleModel } from '../test/samples.ts';
import { chooseModel, findReplaced, groupModels } from './choose-model.ts';

const demo = sampleModel('lyss-demo');
const real = sampleModel('deepseek-chat', { supplier: 'deepseek', demo: false });
const broken = sampleModel('gpt-5.5', { supplier: 'openai', demo: false, available: false, reason: '4001' });
const embedding = sampleModel('embed', { supplier: 'openai', demo: false, capabilities: ['embedding'] });

describe('the model that answers', () => {
  test('is the first wish that can be had', () => {
    expect(chooseModel([demo, real, broken], 'gpt-5.5', 'lyss-demo')?.name).toBe('lyss-demo');
    expect(chooseModel([demo, real], null, undefined)?.name).toBe('deepseek-chat');
    expect(chooseModel([demo, broken])?.name).toBe('lyss-demo');
  });

  test('is nobody where nothing can answer', () => {
    expect(chooseModel([broken, embedding], 'embed')).toBeNull();
    expect(chooseModel([])).toBeNull();
  });

  test('is named where it replaces one that can not be asked', () => {
    expect(findReplaced([demo, broken], demo, 'gpt-5.5')).toBe(broken.display_name);
    expect(findReplaced([demo], demo, 'removed-model')).toBe('removed-model');
    for (const wish of ['lyss-demo', null]) expect(findReplaced([demo], demo, wish)).toBeNull();
    expect(findReplaced([], null, 'gpt-5.5')).toBeNull();
  });

  test('is found by name or supplier, grouped, with the demo last', () => {
    expect(groupModels([demo, broken, real, embedding], '').map((group) => group.supplier)).toEqual(['deepseek', 'openai', 'demo']);
    expect(groupModels([demo, broken, real], ' OPENAI ').flatMap((group) => group.models)).toEqual([broken]);
  });
});
