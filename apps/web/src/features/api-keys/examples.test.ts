import { describe, expect, it } from 'vitest';
import { writeGatewayExamples } from './examples.ts';

describe('code to copy', () => {
  it('names the address, the model and never a key', () => {
    const examples = writeGatewayExamples('https://lyss.example', 'gpt-4.1');
    expect(examples.map(({ language }) => language)).toEqual(['curl', 'python', 'typescript']);
    for (const { code } of examples) {
      expect(code).toContain('https://lyss.example/v1');
      expect(code).toContain('"gpt-4.1"');
      expect(code).not.toContain('lyss_');
    }
  });

  it('is ended by no quote in a model’s name', () => {
    const [curl] = writeGatewayExamples('https://lyss.example', `x'; rm -rf "/`);
    expect(curl?.code.split("'")).toHaveLength(5);
    expect(curl?.code).toContain('"x\\u0027; rm -rf \\"/"');
  });
});
