import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRequestContext } from '@playwright/test';
import { reports } from '../spawn-process.ts';
import { findEndpoint, listHeaders, readBody, type Exchange } from '../wire/exchange.ts';
import type { Text } from './dump.ts';
import { keptLogs, readDatabaseLogs } from './logs.ts';
import type { Place } from './shown.ts';
import { storedFolder, type Stored } from './stored.ts';

/** All of one place, to be searched. */
export type Gathered = Record<Place, Text[]>;

/** A cookie with what protects it, in alphabetical order. */
function nameCookie(value: string): string {
  const [pair = '', ...attributes] = value.split('; ');
  return `${pair.split('=')[0]} (${attributes.filter((name) => !/^(Max-Age|Expires)=/.test(name)).sort().join('; ')})`;
}

/** An answer in parts: each cookie that it sets, its other headers, its body. */
export function takeApart(exchange: Exchange): (Text & { place: 'answers' | 'streams' })[] {
  const { name } = findEndpoint(exchange);
  const headers = listHeaders(exchange);
  const cookies = headers.filter(([header]) => header === 'set-cookie');
  const others = headers.filter(([header]) => header !== 'set-cookie').map(([header, value]) => `${header}: ${value}`);
  const is_stream = new Map(headers).get('content-type')?.startsWith('text/event-stream') === true;
  return [
    ...cookies.map(([, value]) => ({ place: 'answers' as const, where: `${name} set-cookie ${nameCookie(value)}`, bytes: Buffer.from(value) })),
    { place: 'answers', where: `${name} ${exchange.status} headers`, bytes: Buffer.from(others.join('\n')) },
    { place: is_stream ? 'streams' : 'answers', where: `${name} ${exchange.status} body`, bytes: readBody(exchange) },
  ];
}

/** What all servers of the run printed, the log of the shared one's database, and those of databases that are gone. */
export function readLogs(data_dir: string): Text[] {
  const name = 'e2e-server.log';
  const kept = existsSync(keptLogs) ? readdirSync(keptLogs) : [];
  return [{ where: name, bytes: readFileSync(join(reports, 'logs', name)) }, ...readDatabaseLogs(data_dir), ...kept.map((left) => ({ where: `kept ${left}`, bytes: readFileSync(join(keptLogs, left)) }))];
}

export function readStoredTexts(): Text[] {
  if (!existsSync(storedFolder)) return [];
  return readdirSync(storedFolder).flatMap((name) => {
    // Written by keepStored alone.
    const { address, kept } = JSON.parse(readFileSync(join(storedFolder, name), 'utf8')) as Stored;
    return [
      { where: 'address', bytes: Buffer.from(address) },
      { where: `kept at ${new URL(address).pathname.split('/').slice(0, 2).join('/')}`, bytes: Buffer.from(kept) },
    ];
  });
}

export async function readMetrics(request: APIRequestContext, url: string): Promise<Text[]> {
  const answer = await request.get(url);
  return [{ where: url, bytes: await answer.body() }];
}
