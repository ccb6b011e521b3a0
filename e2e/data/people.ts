import { randomUUID } from 'node:crypto';
import type { Locale } from '@lyss/api-types';

/** Somebody who can sign in. */
export interface Person {
  name: string;
  email: string;
  password: string;
}

/** A tenant of one test's own, with its first admin. */
export interface TestTenant {
  id: string;
  name: string;
  workspace: string;
  admin: Person;
}

// Unlike every other of the run: several tests look at lists of all of them at once.
const newMark = () => randomUUID().slice(0, 8);

export function newPerson(name: string): Person {
  return { name, email: `${name.toLowerCase().replaceAll(' ', '.')}.${newMark()}@example.com`, password: `a sentence nobody guesses ${newMark()}` };
}

/** A name of a tenant of the tests: in its own language, whoever looks at it. */
export const tenantName = /(?:晨光|Harbour) [0-9a-f]{8}/;

export function newTenant(locale: Locale): Omit<TestTenant, 'id'> {
  const mark = newMark();
  return { name: locale === 'zh-CN' ? `晨光 ${mark}` : `Harbour ${mark}`, workspace: `t-${mark}`, admin: newPerson(locale === 'zh-CN' ? 'Lin Chen' : 'Ada Admin') };
}

/** A key that the supplier takes, unlike every other. */
export const newKey = () => `sk-good-${randomUUID()}`;
