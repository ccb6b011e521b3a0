import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createDataKeyCache } from './data-key-cache.ts';
import { newId } from './digest.ts';
import { parseKeyring } from './keyring.ts';
import { createVault, VaultError, type DataKeyStore, type SecretPlace, type WrappedDataKey } from './vault.ts';

const keyText = `k1:${randomBytes(32).toString('base64')}`;
const keyring = parseKeyring(keyText);

function createStore(): DataKeyStore & { keys: WrappedDataKey[] } {
  const keys: WrappedDataKey[] = [];
  return {
    keys,
    findActive: async (tenant_id) => keys.findLast((key) => key.tenant_id === tenant_id) ?? null,
    find: async (tenant_id, id) => keys.find((key) => key.tenant_id === tenant_id && key.id === id) ?? null,
  };
}

function createScene(options = {}) {
  const store = createStore();
  const vault = createVault(keyring, store, options);
  const place: SecretPlace = { tenant_id: newId(), table: 'credentials', column: 'secret', row_id: newId(), origin: 'https://api.openai.com' };
  store.keys.push(vault.newDataKey(place.tenant_id));
  return { store, vault, place };
}

const refused = (reason: string) => expect.objectContaining({ name: 'VaultError', reason });

describe('vault', () => {
  it('opens what it sealed, whatever the text', async () => {
    const { vault, place } = createScene();
    const texts = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constant(''));
    await fc.assert(fc.asyncProperty(texts, async (text) => {
      expect(await vault.open(place, await vault.seal(place, text))).toBe(text);
    }));
  });

  it('refuses a lone surrogate, which would come back as another secret', async () => {
    const { vault, place } = createScene();
    await expect(vault.seal(place, 'sk-\ud800')).rejects.toThrow(TypeError);
  });

  it('never makes the same bytes twice and never holds the text', async () => {
    const { vault, place } = createScene();
    const [one, two] = [await vault.seal(place, 'sk-canary'), await vault.seal(place, 'sk-canary')];
    expect(one.equals(two)).toBe(false);
    expect(one.includes('canary')).toBe(false);
    expect(one).toHaveLength(1 + 16 + 12 + 9 + 16);
  });

  it.each(['tenant_id', 'table', 'column', 'row_id', 'origin'] as const)('does not open a ciphertext moved to another %s', async (part) => {
    const { vault, place, store } = createScene();
    const sealed = await vault.seal(place, 'sk-canary');
    const moved = { ...place, [part]: part === 'origin' ? 'https://evil.example' : newId() };
    await expect(vault.open(moved, sealed)).rejects.toEqual(refused(part === 'tenant_id' ? 'no_data_key' : 'not_opened'));
    // Even if the row of the data key were copied to the other tenant, cached or not.
    const stolen = { ...(store.keys[0] as WrappedDataKey), tenant_id: moved.tenant_id };
    if (part === 'tenant_id') store.keys.push(stolen);
    await expect(vault.open(moved, sealed)).rejects.toThrow();
    await expect(createVault(keyring, store).open(moved, sealed)).rejects.toThrow();
  });

  it('does not open with any byte flipped, cut or added', async () => {
    const { vault, place } = createScene();
    const sealed = await vault.seal(place, 'sk-canary');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 0x80;
      await expect(vault.open(place, changed), `byte ${at}`).rejects.toBeInstanceOf(VaultError);
      await expect(vault.open(place, sealed.subarray(0, at)), `cut at ${at}`).rejects.toBeInstanceOf(VaultError);
    }
    await expect(vault.open(place, Buffer.concat([sealed, Buffer.of(0)]))).rejects.toEqual(refused('not_opened'));
  });

  it('refuses a place whose parts could be read as others', async () => {
    const { vault, place } = createScene();
    await expect(vault.seal({ ...place, table: 'a|b' }, 'x')).rejects.toThrow(TypeError);
    await expect(vault.seal({ ...place, row_id: '' }, 'x')).rejects.toThrow(TypeError);
  });

  it('seals under a key that is not committed yet, and says when there is none', async () => {
    const { vault, store } = createScene();
    const place = { tenant_id: newId(), table: 't', column: 'c', row_id: newId(), origin: '' };
    await expect(vault.seal(place, 'x')).rejects.toEqual(refused('no_data_key'));
    const key = vault.newDataKey(place.tenant_id);
    const sealed = await vault.seal(place, 'x', key);
    store.keys.push(key);
    expect(await createVault(keyring, store).open(place, sealed)).toBe('x');
    await expect(vault.seal({ ...place, tenant_id: newId() }, 'x', key)).rejects.toEqual(refused('no_data_key'));
  });

  it('rotates the data key: new secrets under the new one, old ones still open', async () => {
    const { vault, place, store } = createScene();
    const old = await vault.seal(place, 'old');
    store.keys.push(vault.newDataKey(place.tenant_id));
    const fresh = await vault.seal(place, 'new');
    expect(fresh.subarray(1, 17).equals(old.subarray(1, 17))).toBe(false);
    expect([await vault.open(place, old), await vault.open(place, fresh)]).toEqual(['old', 'new']);
  });

  it('rewraps under the active master key, and then opens without the old one', async () => {
    const { vault, place, store } = createScene();
    const sealed = await vault.seal(place, 'sk-canary');
    const fresh = `k2:${randomBytes(32).toString('base64')}`;
    const rewrapped = createVault(parseKeyring(`${fresh},${keyText}`), store).rewrapDataKey(store.keys[0] as WrappedDataKey);
    expect(rewrapped).toMatchObject({ id: store.keys[0]?.id, master_key_id: 'k2' });
    store.keys[0] = rewrapped;
    expect(await createVault(parseKeyring(fresh), store).open(place, sealed)).toBe('sk-canary');
  });

  it('forgets: a destroyed data key opens nothing more, not even for a load that was under way', async () => {
    const { vault, place, store } = createScene();
    const sealed = await vault.seal(place, 'x');
    store.keys.length = 0;
    expect(await vault.open(place, sealed)).toBe('x');
    vault.forget(place.tenant_id);
    await expect(vault.open(place, sealed)).rejects.toEqual(refused('no_data_key'));
  });

  it('does not cache a key whose load began before the tenant was forgotten', async () => {
    const { vault, place, store } = createScene();
    const sealed = await vault.seal(place, 'x');
    vault.forget(place.tenant_id);
    const key = store.keys[0] as WrappedDataKey;
    const find = vi.spyOn(store, 'find').mockImplementationOnce(async () => {
      vault.forget(place.tenant_id);
      return key;
    });
    expect(await vault.open(place, sealed)).toBe('x');
    find.mockResolvedValue(null);
    await expect(vault.open(place, sealed)).rejects.toEqual(refused('no_data_key'));
  });

  it('works with fewer cached keys than tenants at once', async () => {
    const { vault, store } = createScene({ max_keys: 1 });
    const places = Array.from({ length: 20 }, () => ({ tenant_id: newId(), table: 't', column: 'c', row_id: newId(), origin: '' }));
    for (const place of places) store.keys.push(vault.newDataKey(place.tenant_id));
    const sealed = await Promise.all(places.map((place) => vault.seal(place, place.row_id)));
    const opened = await Promise.all(places.map((place, index) => vault.open(place, sealed[index] as Buffer)));
    expect(opened).toEqual(places.map((place) => place.row_id));
  });
});

describe('data key cache', () => {
  it('zeroes keys that are crowded out, too old, replaced or forgotten', () => {
    let now = 0;
    const cache = createDataKeyCache({ max_keys: 2, max_age_ms: 100, now: () => now });
    const keys = Array.from({ length: 4 }, () => randomBytes(32));
    const [a, b, c, d] = keys as [Buffer, Buffer, Buffer, Buffer];
    const isZero = (key: Buffer) => key.every((byte) => byte === 0);
    cache.put('a', 't1', a);
    cache.put('b', 't1', b);
    expect(cache.find('a')?.bytes).toBe(a);
    cache.put('c', 't2', c);
    expect([a, b, c].map(isZero)).toEqual([false, true, false]);
    cache.put('c', 't2', d);
    expect(isZero(c)).toBe(true);
    cache.forget('t1');
    expect([isZero(a), isZero(d)]).toEqual([true, false]);
    now = 100;
    expect(cache.find('c')).toBeNull();
    expect(isZero(d)).toBe(true);
  });
});
