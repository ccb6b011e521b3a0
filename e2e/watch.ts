import { expect, type BrowserContext, type ConsoleMessage, type Request } from '@playwright/test';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Sees everything that goes wrong without a test looking: requests off this machine, breaches of the CSP, errors of pages and
 * of the console. All of it fails the test, except what the test declared beforehand.
 */
export class Watch {
  readonly #problems: string[] = [];
  readonly #declared: RegExp[] = [];

  /** From here on what fits is part of the journey: the browser itself reports every 401 it sees. */
  declare(...patterns: RegExp[]): void {
    this.#declared.push(...patterns);
  }

  /** Watches all pages of a context, those to come included. Call it before the first page opens. */
  async follow(context: BrowserContext): Promise<void> {
    context.on('request', (request) => this.#judgeRequest(request));
    context.on('console', (message) => this.#judgeConsole(message));
    context.on('weberror', (error) => this.#note(`page error: ${error.error().stack ?? error.error().message}`));
    context.on('page', (page) => page.on('crash', () => this.#note(`crashed: ${page.url()}`)));
    await context.exposeBinding('reportCspBreach', (_source, breach: string) => this.#note(`CSP: ${breach}`));
    await context.addInitScript(listenForBreaches);
  }

  assertNothingWrong(): void {
    expect(this.#problems, 'nothing went wrong beside the journey').toEqual([]);
  }

  #judgeRequest(request: Request): void {
    const url = new URL(request.url());
    if (['data:', 'blob:'].includes(url.protocol) || LOOPBACK.has(url.hostname)) return;
    this.#note(`left the machine: ${request.method()} ${request.url()}`);
  }

  #judgeConsole(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    this.#note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  }

  #note(problem: string): void {
    if (!this.#declared.some((pattern) => pattern.test(problem))) this.#problems.push(problem);
  }
}

/** Runs in the page, before anything of its own. */
function listenForBreaches(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    const { reportCspBreach } = window as unknown as { reportCspBreach: (breach: string) => void };
    reportCspBreach(`${event.violatedDirective} stopped ${event.blockedURI} ${event.sample} in ${event.sourceFile}:${event.lineNumber}`);
  });
}

/** What the browser itself writes for an answer of this status. */
export const answered = (status: number): RegExp => new RegExp(`Failed to load resource: the server responded with a status of ${status}`);
