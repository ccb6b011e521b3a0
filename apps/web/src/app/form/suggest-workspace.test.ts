import { describe, expect, it } from 'vitest';
import { isWorkspace } from './judge.ts';
import { suggestWorkspace } from './suggest-workspace.ts';

describe('a workspace from a name', () => {
  it.each([
    ['Acme Robotics Ltd.', 'acme-robotics'],
    ['O’Neil & Sons', 'oneil-sons'],
    ['Café Été', 'cafe-ete'],
    ['云栖科技有限公司', 'yqkj'],
    ['北京大学', 'bjdx'],
    ['隆路日瑞荣润他', 'llrrrrt'],
    ['1688 批发网', '1688-pfw'],
    ['Co', ''],
    ['华为', ''],
    ['—', ''],
    ['', ''],
  ])('%j → %j', (name, workspace) => {
    expect(suggestWorkspace(name)).toBe(workspace);
  });

  it('is always one that the contract takes, or nothing', () => {
    for (const name of ['a-'.repeat(40), `${'x'.repeat(31)} y`, '非常长的名字'.repeat(20), '--- a b c ---', 'ＡＢＣ全角', 'İstanbul']) {
      const made = suggestWorkspace(name);
      expect(made === '' || isWorkspace(made), `${name} → ${made}`).toBe(true);
      expect(made).not.toBe('');
    }
  });

  it('knows what a workspace is', () => {
    expect(['abc', 'a-b', 'a1b2'].every(isWorkspace)).toBe(true);
    expect(['ab', '-ab', 'ab-', 'Abc', 'a_b', 'a'.repeat(33), 'abc\n'].some(isWorkspace)).toBe(false);
  });
});
