import { isIP, isIPv6 } from 'node:net';
import { isListed, judgeAnswer, type AllowedHost } from './address.ts';
import { EgressError, findErrorCode } from './egress-error.ts';
import type { Resolver } from './resolve.ts';

export interface Target {
  hostname: string;
  port: number;
}

/** The addresses that were judged for a host and port: the only ones that are ever connected to. */
export interface JudgedNames {
  /** What was judged a moment ago, or null. */
  findKnown(target: Target): readonly string[] | null;
  /** Resolves and judges; throws EgressError in phase `address`, after `lookup_ms` at the latest: `connection_failed` where the name has no address. */
  get(target: Target): Promise<readonly string[]>;
  /** Asks again next time, since a connection failed. */
  forget(target: Target): void;
}

const KEEP_MS = 30_000;
const MAX_KEPT = 1_000;
/** More answers than any service has are somebody's game; of the rest a few of each family are enough to try. */
const MAX_ANSWERS = 256;
const MAX_TRIED_OF_FAMILY = 4;

export function createJudgedNames(options: { allow: readonly AllowedHost[]; resolve: Resolver; lookup_ms: number; now?: () => number }): JudgedNames {
  const { allow, resolve, lookup_ms, now = Date.now } = options;
  const kept = new Map<string, { addresses: readonly string[]; until: number }>();
  const asking = new Map<string, Promise<readonly string[]>>();
  const keyOf = ({ hostname, port }: Target) => `${hostname} ${port}`;

  async function ask(target: Target): Promise<readonly string[]> {
    const is_listed = isListed(target.hostname, target.port, allow);
    const answers = isIP(target.hostname) === 0 ? await listAnswers(resolve, target.hostname, is_listed, lookup_ms) : [target.hostname];
    const addresses = pickAddresses(answers, is_listed);
    kept.delete(keyOf(target));
    kept.set(keyOf(target), { addresses, until: now() + KEEP_MS });
    const oldest = kept.keys().next();
    if (kept.size > MAX_KEPT && !oldest.done) kept.delete(oldest.value);
    return addresses;
  }

  function findKnown(target: Target): readonly string[] | null {
    const known = kept.get(keyOf(target));
    return known !== undefined && known.until > now() ? known.addresses : null;
  }

  return {
    findKnown,
    async get(target) {
      const known = findKnown(target);
      if (known !== null) return known;
      const key = keyOf(target);
      const running = asking.get(key) ?? ask(target).finally(() => asking.delete(key));
      asking.set(key, running);
      return running;
    },
    forget: (target) => void kept.delete(keyOf(target)),
  };
}

/** One bad answer refuses them all: a name that is half private is no public service. */
function pickAddresses(answers: readonly string[], is_listed: boolean): string[] {
  if (answers.length > MAX_ANSWERS || !answers.every((address) => judgeAnswer(address, is_listed))) throw new EgressError('address_not_allowed', 'address');
  const [six, four] = [answers.filter((address) => isIPv6(address)), answers.filter((address) => !isIPv6(address))];
  const tried = new Set([...six.slice(0, MAX_TRIED_OF_FAMILY), ...four.slice(0, MAX_TRIED_OF_FAMILY)]);
  return answers.filter((address) => tried.has(address));
}

async function listAnswers(resolve: Resolver, hostname: string, is_listed: boolean, ms: number): Promise<readonly string[]> {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), ms);
  // Not every resolver can be stopped, so the wait is.
  const late = new Promise<never>((_, reject) => {
    ended.signal.addEventListener('abort', () => reject(new EgressError('connection_failed', 'address', 'ETIMEOUT')), { once: true });
  });
  try {
    const answers = await Promise.race([resolve(hostname, { is_listed, signal: ended.signal }), late]);
    if (answers.length === 0) throw new EgressError('connection_failed', 'address', 'ENOTFOUND');
    return answers;
  } catch (error) {
    throw error instanceof EgressError ? error : new EgressError('connection_failed', 'address', findErrorCode(error));
  } finally {
    clearTimeout(timer);
  }
}
