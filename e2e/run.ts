import type { Passkey } from './data/passkey.ts';

/** What one run shares: a server, its operator, a supplier and a mail server. Tenants and people belong to a test each. */
export interface Run {
  url: string;
  supplier_url: string;
  dead_url: string;
  /** Where a journey may let an identity provider listen: the server may call it. */
  provider_port: number;
  /** Where what was mailed can be read. */
  mail_url: string;
  operator: { email: string; password: string; passkey: Passkey };
  /** Whether all journeys were asked for. */
  is_whole: boolean;
  /** Where the server keeps its database and its keys. */
  data_dir: string;
  metrics_url: string;
  /** The mail server's, whom the server signs in to. */
  smtp_password: string;
}

const KEPT_IN = 'E2E_RUN';

/** Workers are processes of their own and get the environment. */
export function keepRun(run: Run): void {
  process.env[KEPT_IN] = JSON.stringify(run);
}

export function getRun(): Run {
  const kept = process.env[KEPT_IN];
  if (kept === undefined) throw new Error('start-run.ts has not started anything');
  // Written by keepRun alone.
  return JSON.parse(kept) as Run;
}
