import type { Gathered } from './gather.ts';
import { createSearch, type Finding, type Secret } from './search.ts';
import type { Text } from './dump.ts';
import { places, shown, type Place, type Showing } from './shown.ts';
import { unpack } from './unpack.ts';

export interface Leak {
  kind: string;
  place: Place;
  where: string;
  form: string;
}

export interface Judgement {
  leaks: Leak[];
  /** Which showing saw how many secrets: one that sees none is out of date. */
  seen: Map<Showing, number>;
}

/** Searches all places for all secrets; what is shown by design, and no more often than that, is no leak. */
export function judge(gathered: Gathered, secrets: readonly Secret[]): Judgement {
  const search = createSearch(secrets);
  const judgement: Judgement = { leaks: [], seen: new Map() };
  const counts = new Map<Showing, Map<Secret, number>>(shown.map((showing) => [showing, new Map()]));
  for (const place of places) {
    for (const { where, bytes } of gathered[place].flatMap(open)) {
      for (const [secret, { form }] of firstOfEach(search(bytes))) {
        const showing = shown.find((one) => one.kind === secret.kind && one.place === place && one.where.test(where));
        const times = (showing && counts.get(showing)?.get(secret)) ?? 0;
        if (showing) counts.get(showing)?.set(secret, times + 1);
        if (!showing || (showing.once && times > 0)) judgement.leaks.push({ kind: secret.kind, place, where, form });
      }
    }
  }
  for (const [showing, of] of counts) judgement.seen.set(showing, of.size);
  return judgement;
}

/** A text, and what it holds in gzip: an archive is no encoding of an answer but its content. */
const open = ({ where, bytes }: Text): Text[] => [{ where, bytes }, ...unpack(bytes).map((opened) => ({ where: `${where}, opened`, bytes: opened }))];

const firstOfEach = (findings: readonly Finding[]) => new Map(findings.toReversed().map((finding) => [finding.secret, finding]));

/** A leak as somebody reads it who mends it; never the secret. */
export const describeLeak = ({ kind, place, where, form }: Leak): string => `${kind} in ${place}: ${where} (${form})`;
