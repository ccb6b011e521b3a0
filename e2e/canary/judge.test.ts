import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../wire/exchange.ts';
import { takeApart, type Gathered } from './gather.ts';
import { harvest } from './harvest.ts';
import { describeLeak, judge } from './judge.ts';
import { findUnnamed, findUnplanted, kinds, secretColumns } from './kinds.ts';
import type { Secret } from './search.ts';
import { places, shown } from './shown.ts';

const TOKEN = 'A'.repeat(20) + 'b'.repeat(23);
const secret = (kind: string, text = `lyss_${TOKEN}`): Secret => ({ kind, bytes: Buffer.from(text) });
const empty = (): Gathered => ({ logs: [], answers: [], streams: [], dump: [], storage: [], metrics: [], exports: [] });
const text = (where: string, content: string) => ({ where, bytes: Buffer.from(content) });
const listLeaks = (gathered: Partial<Gathered>, secrets: Secret[]) => judge({ ...empty(), ...gathered }, secrets).leaks.map(describeLeak);

function answer(given: Partial<Exchange> & { body?: string }): Exchange {
  const { body = '', ...rest } = given;
  return { method: 'POST', path: '/api/v1/auth/login', request_type: 'application/json', request: '', status: 200, headers: ['content-type', 'application/json'], ...rest, body: Buffer.from(body).toString('base64') };
}

describe('a leak is found', () => {
  it.each(places)('in %s, with its place and never the secret', (place) => {
    const leaks = listLeaks({ [place]: [text('somewhere', `{"a":"${Buffer.from(`lyss_${TOKEN}`).toString('hex')}"}`)] }, [secret('API key')]);
    expect(leaks).toEqual([`API key in ${place}: somewhere (hex)`]);
  });

  it.each(places)('in an archive in %s: in its second member, cut off, before and behind other files, in gzip within gzip, and never twice', (place) => {
    const leak = gzipSync(`one line\n{"key":"lyss_${TOKEN}"}\n${randomBytes(500).toString('hex')}`);
    const packed = [Buffer.concat([gzipSync('a first member'), leak]), leak.subarray(0, -20), Buffer.concat([leak, Buffer.from('a,b\n1,2\n')]), Buffer.concat([Buffer.from('no gzip \x1f\x8b\x08 here'), leak]), gzipSync(leak)];
    for (const bytes of packed) expect(listLeaks({ [place]: [{ where: 'a.tar.gz', bytes }] }, [secret('API key')])).toEqual([expect.stringMatching(/^API key in \w+: a\.tar\.gz(, opened){1,2} \(raw\)$/)]);
    expect(listLeaks({ [place]: [{ where: 'a.tar.gz', bytes: gzipSync('nothing here') }] }, [secret('API key')])).toEqual([]);
  });

  it('where a link is shown a second time', () => {
    const where = 'POST /api/v1/api-keys 201 body';
    expect(listLeaks({ answers: [text(where, `lyss_${TOKEN}`)] }, [secret('API key')])).toEqual([]);
    expect(listLeaks({ answers: [text(where, `lyss_${TOKEN}`), text(where, `lyss_${TOKEN}`)] }, [secret('API key')])).toHaveLength(1);
  });

  it('where a cookie is open to scripts', () => {
    const cookie = (attributes: string) => takeApart(answer({ headers: ['Set-Cookie', `__Host-lyss_rt=${TOKEN}; Max-Age=5; ${attributes}`] })).filter(({ place }) => place === 'answers');
    const token = [secret('refresh token', TOKEN)];
    expect(listLeaks({ answers: cookie('Path=/; HttpOnly; Secure; SameSite=Strict') }, token)).toEqual([]);
    expect(listLeaks({ answers: cookie('Path=/; Secure; SameSite=Strict') }, token)).toHaveLength(1);
  });
});

it('a stream is a place of its own', () => {
  expect(takeApart(answer({ headers: ['Content-Type', 'text/event-stream'], body: 'data: x' })).map(({ place }) => place)).toEqual(['answers', 'streams']);
});

it('secrets are taken from what was sent and given, and only from what was accepted', () => {
  const exchanges = [
    answer({ request: '{"email":"a@example.com","password":"a quiet sentence"}', headers: ['set-cookie', `__Host-lyss_at=${'h'.repeat(12)}.${'p'.repeat(12)}.${'s'.repeat(12)}; Path=/`] }),
    answer({ status: 401, request: '{"password":"another quiet one"}' }),
    answer({ path: '/api/v1/auth/token', request_type: 'application/x-www-form-urlencoded', request: 'password=a+formed+sentence' }),
    answer({ path: '/api/v1/api-keys', body: JSON.stringify({ data: { key: `lyss_${TOKEN}`, api_key: 'abc' } }) }),
    answer({ path: '/api/v1/admin/users', body: JSON.stringify({ data: { invitation: { url: `http://localhost/invitation/${TOKEN}` } } }) }),
  ];
  const taken = harvest(exchanges).map(({ kind, bytes }) => `${kind} ${bytes.toString()}`);
  expect(taken).toEqual([
    `access token ${'s'.repeat(12)}`, 'password a quiet sentence', 'password a formed sentence', `API key lyss_${TOKEN}`, `invitation or reset token ${TOKEN}`,
  ]);
});

it('a column or field that nobody classified is named', () => {
  expect(findUnnamed(['new.sealed_secret', 'a.key_hint', 'b.sealed'], { 'b.sealed': 'password' }, { 'a.key_hint': 'four characters' })).toEqual([expect.stringMatching(/^new\.sealed_secret: say in/)]);
});

it('a column without a secret and a kind that nobody planted are named, what a journey plants only after it', () => {
  const columns = Object.keys(secretColumns);
  const ran = new Set(['single-sign-on.spec.ts', 'second-factor.spec.ts']);
  expect(findUnplanted(ran, { columns, filled: columns }, new Set(kinds))).toEqual([]);
  expect(findUnplanted(ran, { columns, filled: columns.slice(1) }, new Set(kinds.slice(1)))).toEqual([`${columns[0]} is empty`, `no ${kinds[0]} was planted`]);
  const without = { columns, filled: columns.filter((name) => !name.startsWith('totp_factors')) };
  expect(findUnplanted(ran, without, new Set(kinds))).toHaveLength(1);
  expect(findUnplanted(new Set(), without, new Set(kinds))).toEqual([]);
  expect(findUnplanted(ran, { columns: [], filled: [] }, new Set(['access token', 'SMTP password', 'master key', 'database password'])), 'what the schema does not have').toEqual([]);
});

it('every showing says why', () => {
  for (const { why } of shown) expect(why.length).toBeGreaterThan(10);
});
