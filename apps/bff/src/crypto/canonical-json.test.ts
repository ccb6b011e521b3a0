import { expect, it } from 'vitest';
import { canonicalize } from './canonical-json.ts';

it('writes RFC 8785’s own examples as the RFC does', () => {
  expect(canonicalize({ numbers: [JSON.parse('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: '€$\u000f\nA\'B"\\\\"/', literals: [null, true, false] })).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  const names = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' };
  const order = [...canonicalize(names).matchAll(/:"([^"]+)"/g)].map(([, text]) => text);
  expect(order).toEqual(['Carriage Return', 'One', 'Control', 'Latin Small Letter O With Diaeresis', 'Euro Sign', 'Emoji: Grinning Face', 'Hebrew Letter Dalet With Dagesh']);
});

it('gives one text to one value, however it was written', () => {
  expect(canonicalize(JSON.parse('{"b": 1.0, "a": {"d": [], "c": {}}}'))).toBe(canonicalize({ a: { c: {}, d: [] }, b: 1 }));
});
