import { ChatPage } from '../pages/chat-page.ts';
import { listRecorded, listSamples, type WireName } from '../supplier/transcripts.ts';
import { expect, test } from '../test.ts';

interface Shown {
  text: string;
  reasoning?: string;
  /** Name and one of the arguments of a tool that was called. */
  tool?: [name: string, argument: string];
}

/** What a person sees of each transcript, written down by hand from it. */
const answers: Record<WireName, Record<string, Shown>> = {
  openai: {
    'sample-openai-text': { text: '你好，世界 🌍! Ünïcode.' },
    'sample-openai-reasoning': { text: '4', reasoning: 'Two and two make four.' },
    'sample-openai-tool-calls': { text: '', tool: ['weather', 'München'] },
    'recorded-openai-text': { text: 'Harmony Day is dedicated to fostering understanding, kindness, and unity among diverse communities.' },
    'recorded-deepseek-reasoning': { text: 'The word "strawberry" contains three "r"s.', reasoning: 'We need to count the number of the letter "r"' },
  },
  anthropic: {
    'sample-anthropic-text': { text: '你好，世界 🌍! Ünïcode.' },
    'sample-anthropic-reasoning': { text: '4', reasoning: 'Two and two make four.' },
    'sample-anthropic-tool-calls': { text: 'Looking.', tool: ['weather', 'München'] },
    'recorded-anthropic-tool-no-args': { text: "I'll update the issue list for you.", tool: ['updateIssueList', '{}'] },
  },
  google: {
    'sample-google-text': { text: '你好，世界 🌍! Ünïcode.' },
    'sample-google-reasoning': { text: '4', reasoning: 'Two and two make four.' },
    'sample-google-tool-calls': { text: 'Looking.', tool: ['weather', 'München'] },
    'recorded-google-tool-call': { text: '', tool: ['weather', 'San Francisco'] },
  },
};

// Recorded answers are no part of a clone: they are replayed wherever their folder is.
const present = new Set([...listSamples(), ...listRecorded()].map(({ name }) => name));

for (const wire of ['openai', 'anthropic', 'google'] as const) {
  test(`answers over ${wire}’s wire show their text, their thinking and their tools`, async ({ page, addSupplier }) => {
    await addSupplier(wire);
    const chat = new ChatPage(page);
    for (const [model, shown] of Object.entries(answers[wire]).filter(([name]) => present.has(name))) {
      await page.goto(`/chat?model=${model}`);
      await chat.ask('What is it?');
      await expect(chat.answers).toContainText(shown.text);
      await expect(chat.ended, `${model} has ended`).toBeVisible();
      if (shown.reasoning) {
        await chat.answers.getByRole('button', { name: /^Thought/ }).click();
        await expect(chat.answers).toContainText(shown.reasoning);
      }
      if (shown.tool) {
        await chat.answers.getByRole('button', { name: `Called ${shown.tool[0]}` }).click();
        await expect(chat.answers.getByLabel('Arguments').first()).toContainText(shown.tool[1]);
      }
    }
  });
}
