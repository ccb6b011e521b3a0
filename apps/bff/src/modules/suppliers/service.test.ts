import { supplierCredential } from '@lyss/api-types';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../crypto/digest.ts';
import { demoModels } from '../../providers/demo.ts';
import { insertDemoCredential } from './demo-credential.ts';
import type { SupplierCall } from './ports.ts';
import { recordOutcome } from './record-outcome.ts';
import { accepted, createScene, failure, insertConversation, KEY, OTHER_KEY, readAudit, refused, type Scene } from './test-scene.ts';

let scene: Scene;
let ada: SupplierCall;

beforeAll(async () => {
  scene = await createScene();
});
afterEach(() => {
  scene.supplier.answer = accepted();
  scene.supplier.seen = [];
  scene.supplier.meanwhile = async () => undefined;
});
afterAll(() => scene.close());

const openai = { provider: 'openai' as const, name: 'OpenAI', api_key: KEY, enabled: true };
const query = { page_size: 20, sort_by: 'created_at' as const };

async function createOne(input: object = {}) {
  ada = await scene.asTenant();
  return scene.service.create(ada, { ...openai, ...input });
}

describe('create', () => {
  it('tries the key first, keeps what the supplier lists, and never shows the key', async () => {
    const created = await createOne();
    expect(scene.supplier.seen).toEqual([{ provider: 'openai', base_url: 'https://api.openai.com/v1', key: KEY, model: null }]);
    expect(supplierCredential.parse(created)).toMatchObject({ name: 'OpenAI', models: ['gpt-4.1-mini', 'gpt-4.1'], key_hint: 'sk-…c4f2', status: 'healthy', enabled: true, version: 1 });
    expect(created.last_test).toMatchObject({ ok: true, kind: null, latency_ms: 12 });
    expect(await scene.service.read(ada.actor, created.id)).toEqual(created);
    const audit = await readAudit(scene, ada);
    expect(audit).toMatchObject([{ action: 'suppliers.created', resource_id: created.id, outcome: 'success', actor_user_id: ada.actor.user_id }]);
  });

  it.each([
    ['authentication_failed', 'INVALID_CREDENTIALS', 422],
    ['permission_denied', 'INVALID_CREDENTIALS', 422],
    ['address_not_allowed', 'NETWORK_ERROR', 502],
    ['connection_failed', 'NETWORK_ERROR', 502],
    ['timeout', 'EXTERNAL_API_TIMEOUT', 504],
    ['server_error', 'AI_PROVIDER_ERROR', 502],
    ['quota_exhausted', 'AI_PROVIDER_ERROR', 502],
  ] as const)('keeps nothing where the test ends in %s', async (kind, name, status) => {
    scene.supplier.answer = refused(kind);
    await expect(createOne()).rejects.toEqual(failure(name, status, { kind }));
    expect((await scene.service.list(ada.actor, query)).items).toEqual([]);
    expect(await readAudit(scene, ada)).toEqual([]);
  });

  it('refuses a second credential of one name, in one tenant', async () => {
    await createOne();
    await expect(scene.service.create(ada, openai)).rejects.toEqual(failure('RESOURCE_CONFLICT', 409, { reason: 'name_taken' }));
    await expect(createOne()).resolves.toMatchObject({ name: 'OpenAI' });
  });

  it.each([
    [{ api_key: undefined }, 'MISSING_REQUIRED_FIELD', 'api_key'],
    [{ provider: 'custom' }, 'MISSING_REQUIRED_FIELD', 'base_url'],
    [{ base_url: 'https://user:secret@api.openai.com/v1' }, 'INVALID_INPUT', 'base_url'],
    [{ base_url: 'https://api.openai.com/v1?key=AIza-canary' }, 'INVALID_INPUT', 'base_url'],
    [{ base_url: 'https://api.openai.com/v1?api-version=1&X-Access_Token=canary' }, 'INVALID_INPUT', 'base_url'],
    [{ provider: 'demo' }, 'INVALID_INPUT', 'api_key'],
    [{ provider: 'demo', api_key: undefined, base_url: 'https://evil.example' }, 'INVALID_INPUT', 'base_url'],
  ])('asks no supplier with %j', async (input, name, path) => {
    await expect(createOne(input)).rejects.toEqual(failure(name, 400, { issues: [expect.objectContaining({ path })] }));
    expect(scene.supplier.seen).toEqual([]);
  });

  it('tries a named model where the supplier lists none, as Azure does', async () => {
    const steps = [{ step: 'key' as const, ok: true, duration_ms: 1, message: 'ok' }, { step: 'models' as const, ok: false, duration_ms: 1, message: 'endpoint_not_found' }];
    scene.supplier.answer = { ...refused('endpoint_not_found', 'models'), steps };
    const input = { provider: 'azure' as const, base_url: 'https://acme.openai.azure.com/openai/v1/', models: ['text-embedding-3-small', 'my-gpt'] };
    await expect(createOne(input)).rejects.toEqual(failure('AI_PROVIDER_ERROR', 502));
    expect(scene.supplier.seen.map(({ model, base_url }) => [model, base_url])).toEqual([
      [null, 'https://acme.openai.azure.com/openai/v1'],
      ['my-gpt', 'https://acme.openai.azure.com/openai/v1'],
    ]);
  });

  it('writes no query string into the audit, where it tests, adds or moves one', async () => {
    const base_url = 'https://acme.openai.azure.com/openai?api-version=2026-01';
    const { id } = await createOne({ provider: 'azure', base_url, models: ['my-gpt'] });
    await scene.service.testSaved(ada, id);
    await scene.service.testUnsaved(ada, { provider: 'azure', base_url, api_key: KEY });
    const moved = await scene.service.replace(ada, id, { name: 'Azure', enabled: true, base_url: base_url.replace('2026-01', '2026-02') });
    expect(moved.base_url).toBe('https://acme.openai.azure.com/openai?api-version=2026-02');
    const written = await readAudit(scene, ada);
    const told = (details: unknown) => details as { base_url?: string; after?: { base_url: string } };
    expect(written.map(({ action, details }) => [action, told(details).base_url ?? told(details).after?.base_url])).toEqual([
      ['suppliers.created', 'https://acme.openai.azure.com/openai'],
      ['suppliers.tested', 'https://acme.openai.azure.com/openai'],
      ['suppliers.tested', 'https://acme.openai.azure.com/openai'],
      ['suppliers.updated', 'https://acme.openai.azure.com/openai'],
    ]);
  });

  it('takes from a supplier only names that fit the contract, each once, 500 at most', async () => {
    const many = Array.from({ length: 700 }, (_, index) => `model-${index}`);
    scene.supplier.answer = accepted(['good', 'good', 'line\nbreak', '', 'x'.repeat(201), ...many]);
    const { models } = await createOne();
    expect(models).toHaveLength(500);
    expect(models.slice(0, 3)).toEqual(['good', 'model-0', 'model-1']);
  });
});

describe('replace', () => {
  it('changes name, state and models without asking the supplier', async () => {
    const { id } = await createOne();
    scene.supplier.seen = [];
    const changed = await scene.service.replace({ ...ada, if_match: 1 }, id, { name: 'Renamed', enabled: false, models: ['gpt-4.1'] });
    expect(changed).toMatchObject({ name: 'Renamed', enabled: false, models: ['gpt-4.1'], version: 2, key_hint: 'sk-…c4f2' });
    expect(scene.supplier.seen).toEqual([]);
    expect((await readAudit(scene, ada)).at(-1)).toMatchObject({ action: 'suppliers.updated', details: { before: { enabled: true, models: expect.any(Number) }, after: { name: 'Renamed', enabled: false, models: 1 } } });
  });

  it('answers 412 to a stale version, before the supplier is asked and after', async () => {
    const { id } = await createOne();
    scene.supplier.seen = [];
    const input = { name: 'Mine', enabled: true, api_key: OTHER_KEY };
    await expect(scene.service.replace({ ...ada, if_match: 7 }, id, input)).rejects.toEqual(failure('RESOURCE_CONFLICT', 412));
    expect(scene.supplier.seen).toEqual([]);
    scene.supplier.meanwhile = async () => void (await scene.service.replace(ada, id, { name: 'Theirs', enabled: true }));
    await expect(scene.service.replace({ ...ada, if_match: 1 }, id, input)).rejects.toEqual(failure('RESOURCE_CONFLICT', 412));
    expect(await scene.service.read(ada.actor, id)).toMatchObject({ name: 'Theirs', version: 2, key_hint: 'sk-…c4f2' });
  });

  it('asks for the key again when the origin changes, and only then', async () => {
    const { id } = await createOne();
    const moved = { name: 'OpenAI', enabled: true, base_url: 'https://proxy.example/v1' };
    await expect(scene.service.replace(ada, id, moved)).rejects.toEqual(failure('OPERATION_NOT_ALLOWED', 422, { reason: 'key_required_for_new_host' }));
    scene.supplier.seen = [];
    await scene.service.replace(ada, id, { ...moved, base_url: 'https://api.openai.com/v2' });
    expect(scene.supplier.seen).toMatchObject([{ base_url: 'https://api.openai.com/v2', key: KEY }]);
    await scene.service.replace(ada, id, { ...moved, api_key: OTHER_KEY });
    scene.supplier.seen = [];
    await scene.service.testSaved(ada, id);
    expect(scene.supplier.seen).toMatchObject([{ base_url: 'https://proxy.example/v1', key: OTHER_KEY }]);
  });

  it('keeps the old key when the new one is refused', async () => {
    const before = await createOne();
    scene.supplier.answer = refused('authentication_failed');
    await expect(scene.service.rotate(ada, before.id, OTHER_KEY)).rejects.toEqual(failure('INVALID_CREDENTIALS', 422, { kind: 'authentication_failed' }));
    expect(await scene.service.read(ada.actor, before.id)).toEqual(before);
    scene.supplier.answer = accepted();
    const after = await scene.service.rotate({ ...ada, if_match: 1 }, before.id, OTHER_KEY);
    expect(after).toMatchObject({ key_hint: 'sk-…77aa', version: 2 });
    expect(after.key_fingerprint).not.toBe(before.key_fingerprint);
    expect((await readAudit(scene, ada)).at(-1)).toMatchObject({ action: 'suppliers.key_replaced', details: { before: { key_fingerprint: expect.any(String) }, after: { key_fingerprint: after.key_fingerprint } } });
  });

  it('lets a credential without a key change its host', async () => {
    const { id } = await createOne({ provider: 'ollama', api_key: undefined });
    const moved = await scene.service.replace(ada, id, { name: 'Ollama', enabled: true, base_url: 'http://localhost:11435/v1' });
    expect(moved).toMatchObject({ base_url: 'http://localhost:11435/v1', key_hint: null });
  });
});

describe('remove', () => {
  const removeOne = (id: string, detach = false) => scene.service.remove(ada, id, detach);
  const inTenant = (work: Parameters<typeof scene.tenancy.withTenant<void>>[1]) => scene.tenancy.withTenant(ada.actor.tenant_id, work);

  it('is refused with the conversations that only it serves, unless they are detached', async () => {
    const { id } = await createOne();
    await inTenant((db) => insertConversation(db, ada.actor.user_id, 'openai/gpt-4.1'));
    await inTenant((db) => insertConversation(db, ada.actor.user_id, 'gpt-4.1'));
    await expect(removeOne(id)).rejects.toEqual(failure('OPERATION_NOT_ALLOWED', 409, { dependents: [{ kind: 'conversation', count: 2 }] }));
    await removeOne(id, true);
    await expect(scene.service.read(ada.actor, id)).rejects.toEqual(failure('RESOURCE_NOT_FOUND', 404));
    expect((await readAudit(scene, ada)).at(-1)).toMatchObject({ action: 'suppliers.removed', resource_id: id, details: { detached_conversations: 2 } });
  });

  it('goes through where another enabled credential serves them', async () => {
    const { id } = await createOne();
    await inTenant((db) => insertConversation(db, ada.actor.user_id, 'gpt-4.1'));
    const second = await scene.service.create(ada, { ...openai, name: 'Second', enabled: false });
    await expect(removeOne(id)).rejects.toEqual(failure('OPERATION_NOT_ALLOWED', 409));
    await scene.service.replace(ada, second.id, { name: 'Second', enabled: true });
    expect((await scene.service.list(ada.actor, query)).items.map((item) => item.dependents.conversations)).toEqual([0, 0]);
    await removeOne(id);
  });

  it('is always refused while a reply runs through it', async () => {
    const { id } = await createOne();
    await inTenant((db) => insertConversation(db, ada.actor.user_id, 'elsewhere', id));
    await expect(removeOne(id, true)).rejects.toEqual(failure('OPERATION_NOT_ALLOWED', 409, { reason: 'replies_running', dependents: [{ kind: 'reply', count: 1 }] }));
    expect((await scene.service.read(ada.actor, id)).dependents).toEqual({ conversations: 0, running_replies: 1 });
  });
});

describe('test', () => {
  it('stores nothing before saving but that it was tried', async () => {
    ada = await scene.asTenant();
    scene.supplier.answer = refused('authentication_failed');
    const result = await scene.service.testUnsaved(ada, { provider: 'openai', api_key: KEY, model: 'gpt-4.1' });
    expect(result).toMatchObject({ ok: false, kind: 'authentication_failed' });
    expect(scene.supplier.seen).toMatchObject([{ key: KEY, model: 'gpt-4.1' }]);
    expect((await scene.service.list(ada.actor, query)).items).toEqual([]);
    expect(await readAudit(scene, ada)).toMatchObject([{ action: 'suppliers.tested', outcome: 'failed', resource_id: null, details: { provider: 'openai', kind: 'authentication_failed' } }]);
  });

  it('stores the result of a saved one, and leaves its version to its editor', async () => {
    const { id } = await createOne();
    scene.supplier.answer = refused('quota_exhausted');
    expect(await scene.service.testSaved(ada, id)).toMatchObject({ ok: false, kind: 'quota_exhausted' });
    expect(await scene.service.read(ada.actor, id)).toMatchObject({ status: 'failing', version: 1, last_test: { ok: false, kind: 'quota_exhausted', latency_ms: 7 } });
    expect((await readAudit(scene, ada)).at(-1)).toMatchObject({ action: 'suppliers.tested', resource_id: id, outcome: 'failed' });
  });

  it('counts every call to a host of somebody’s choice as a test: creating, moving and rotating too, and nothing else', async () => {
    const { id } = await createOne();
    const named = { name: 'OpenAI', enabled: true };
    for (let count = 0; count < 9; count += 1) {
      await scene.service.rotate(ada, id, OTHER_KEY);
      await scene.service.replace(ada, id, { ...named, api_key: KEY });
      await scene.service.testSaved(ada, id);
      await scene.service.replace(ada, id, { ...named, models: [`model-${count}`] });
    }
    for (let count = 0; count < 2; count += 1) await scene.service.testUnsaved(ada, { provider: 'openai', api_key: KEY });
    const tooMany = expect.objectContaining({ error_name: 'RATE_LIMIT_EXCEEDED', status: 429, retry_after_s: expect.closeTo(600, -2), details: { reason: 'too_many_trials' } });
    scene.supplier.seen = [];
    for (const attempt of [
      () => scene.service.create(ada, { ...openai, name: 'Another' }),
      () => scene.service.rotate(ada, id, OTHER_KEY),
      () => scene.service.replace(ada, id, { ...named, api_key: OTHER_KEY }),
      () => scene.service.replace(ada, id, { ...named, base_url: 'https://api.openai.com/v2' }),
      () => scene.service.testSaved(ada, id),
      () => scene.service.testUnsaved(ada, { provider: 'openai', api_key: KEY }),
    ]) await expect(attempt()).rejects.toEqual(tooMany);
    expect(scene.supplier.seen, 'no supplier was asked').toEqual([]);
    await expect(scene.service.replace(ada, id, { ...named, name: 'Renamed' })).resolves.toMatchObject({ name: 'Renamed', key_hint: 'sk-…c4f2' });
  });

  it('allows 30 in ten minutes a tenant', async () => {
    ada = await scene.asTenant();
    for (let count = 0; count < 30; count += 1) await scene.service.testUnsaved(ada, { provider: 'demo' });
    const refusal = await scene.service.testUnsaved(ada, { provider: 'demo' }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ error_name: 'RATE_LIMIT_EXCEEDED', status: 429, retry_after_s: expect.closeTo(600, -2) });
    expect(scene.supplier.seen).toHaveLength(30);
    await expect(scene.service.testUnsaved(await scene.asTenant(), { provider: 'demo' })).resolves.toMatchObject({ ok: true });
  });
});

describe('what a call showed', () => {
  const record = (id: string, ok: boolean, kind: Parameters<typeof recordOutcome>[2]['kind']) =>
    scene.tenancy.withTenant(ada.actor.tenant_id, (db) => recordOutcome(db, id, { ok, kind, latency_ms: 5 }));
  const statusOf = async (id: string) => (await scene.service.read(ada.actor, id)).status;

  it('fails a credential for what lasts and heals it by a success', async () => {
    const { id } = await createOne();
    await record(id, false, 'context_length_exceeded');
    expect(await statusOf(id)).toBe('healthy');
    await record(id, false, 'authentication_failed');
    expect(await statusOf(id)).toBe('failing');
    await record(id, true, null);
    expect(await statusOf(id)).toBe('healthy');
  });

  it('never fails the demo, whose errors are made to order', async () => {
    ada = await scene.asTenant();
    await scene.tenancy.withTenant(ada.actor.tenant_id, insertDemoCredential);
    const [demo] = (await scene.service.list(ada.actor, query)).items;
    expect(demo).toMatchObject({ provider: 'demo', name: 'Lyss Demo', models: [...demoModels], enabled: true, key_hint: null });
    await record(demo?.id ?? '', true, null);
    await record(demo?.id ?? '', false, 'authentication_failed');
    expect(await statusOf(demo?.id ?? '')).toBe('healthy');
  });

  it('calls nothing healthy that nobody has tried: the new demo is untested until a call or a test went through', async () => {
    ada = await scene.asTenant();
    await scene.tenancy.withTenant(ada.actor.tenant_id, insertDemoCredential);
    const readDemo = async () => (await scene.service.list(ada.actor, query)).items[0];
    expect(await readDemo()).toMatchObject({ status: 'untested', last_test: null });
    await record((await readDemo())?.id ?? '', true, null);
    expect(await readDemo()).toMatchObject({ status: 'healthy', last_test: { ok: true, latency_ms: 5 } });
  });
});

describe('walls', () => {
  it('answers another tenant as it answers an id that is nobody’s', async () => {
    const { id } = await createOne();
    const bob = await scene.asTenant();
    const missing = failure('RESOURCE_NOT_FOUND', 404);
    for (const wanted of [id, newId()]) {
      await expect(scene.service.read(bob.actor, wanted)).rejects.toEqual(missing);
      await expect(scene.service.replace(bob, wanted, { name: 'x', enabled: true })).rejects.toEqual(missing);
      await expect(scene.service.rotate(bob, wanted, OTHER_KEY)).rejects.toEqual(missing);
      await expect(scene.service.testSaved(bob, wanted)).rejects.toEqual(missing);
      await expect(scene.service.remove(bob, wanted, true)).rejects.toEqual(missing);
    }
    expect((await scene.service.list(bob.actor, query)).items).toEqual([]);
    expect(await scene.service.read(ada.actor, id)).toMatchObject({ name: 'OpenAI', version: 1 });
  });
});
