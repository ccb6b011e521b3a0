import { createTransport } from 'nodemailer';
import type { LetterText } from './write-letter.ts';

export interface Letter extends LetterText {
  to: string;
}

export interface Mailer {
  /** False where the operator named no mail server: links are then copied by hand. */
  is_configured: boolean;
  /** Hands one letter to the mail server, trying again twice; throws what the last try said. Never inside a transaction. */
  send(letter: Letter): Promise<void>;
  close(): void;
}

export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…:465`. */
  smtp_url: string;
  from: string;
}

const CONNECT_MS = 5_000;
const SILENT_MS = 30_000;
const TRIES = 3;
const PAUSE_MS = 2_000;
const AT_ONCE = 2;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The one way out for mail: the operator's own server. Its address is the operator's setting, which no tenant can change. */
export function createMailer(settings: MailSettings | null, pause_ms = PAUSE_MS): Mailer {
  if (!settings) return { is_configured: false, send: async () => Promise.reject(new Error('no mail server is set')), close: () => undefined };
  const { hostname } = new URL(settings.smtp_url);
  const transport = createTransport({
    url: settings.smtp_url,
    ...{ pool: true, maxConnections: AT_ONCE, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
    // Links that open accounts don't travel in the clear; on this very machine there is nobody to listen.
    ...(LOOPBACK.has(hostname) ? { ignoreTLS: !settings.smtp_url.startsWith('smtps:') } : { requireTLS: true }),
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    is_configured: true,
    async send({ to, subject, text, html }) {
      for (let tries = 1; ; tries++) {
        try {
          await transport.sendMail({ from: settings.from, to: { name: '', address: to }, subject, text, html });
          return;
        } catch (error) {
          if (tries === TRIES || isFinal(error)) throw error;
          await new Promise((resolve) => setTimeout(resolve, pause_ms * tries));
        }
      }
    },
    close: () => transport.close(),
  };
}

/** A 5xx of RFC 5321 is the server's last word; so is a refused sign-in. */
function isFinal(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return code === 'EAUTH' || (responseCode ?? 0) >= 500;
}
