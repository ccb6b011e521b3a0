import type { Locator, Page } from '@playwright/test';

/** The chat in English, as a person meets it. */
export class ChatPage {
  readonly page: Page;
  readonly composer: Locator;
  readonly send: Locator;
  readonly stop: Locator;
  readonly log: Locator;
  /** What the models said, oldest first. */
  readonly answers: Locator;
  /** The words of the answers alone, without a name, a note or that they are waited for. */
  readonly words: Locator;
  /** There as soon as the newest answer has ended, however it ended. */
  readonly ended: Locator;
  readonly questions: Locator;
  readonly conversations: Locator;
  /** The note of an answer that failed. */
  readonly failure: Locator;
  readonly model: Locator;

  constructor(page: Page) {
    this.page = page;
    this.composer = page.getByRole('textbox', { name: 'Message', exact: true });
    this.send = page.getByRole('button', { name: /^Send/ });
    this.stop = page.getByRole('button', { name: 'Stop the answer (Esc)' });
    this.log = page.getByRole('log', { name: 'Messages' });
    const articles = this.log.getByRole('article');
    this.questions = articles.filter({ hasText: 'You said' });
    this.answers = articles.filter({ hasNotText: 'You said' });
    this.words = this.answers.locator('.md');
    this.ended = this.answers.last().getByRole('button', { name: 'Usage', exact: true });
    this.conversations = page.getByRole('navigation', { name: 'Conversations' });
    this.failure = this.log.getByRole('group', { name: 'The answer failed' });
    this.model = page.getByRole('button', { name: /^(Model: |Choose a model)/ });
  }

  async open(): Promise<void> {
    await this.page.goto('/chat');
  }

  /** Sends as soon as there is something to send it to. */
  async ask(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.page.getByRole('button', { name: 'Send', exact: true }).click();
  }

  /** Chooses the model whose name holds this text. */
  async chooseModel(name: string): Promise<void> {
    await this.model.click();
    await this.page.getByRole('combobox', { name: 'Search models' }).fill(name);
    await this.page.getByRole('option', { name }).first().click();
  }

  conversation(title: string | RegExp): Locator {
    return this.conversations.getByRole('link', { name: title });
  }

  /** The id in the address, once the first message has made the conversation. */
  async readConversationId(): Promise<string> {
    await this.page.waitForURL(/\/chat\/[0-9a-f-]{36}/);
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }
}
