const toAscii = (text: string) => Buffer.from(text, 'latin1');

/**
 * What base64 makes of a secret wherever it stands in a longer text: three alignments (RFC 4648), each without the
 * characters at its ends that its neighbours have a part in.
 */
function* listBase64(secret: Buffer): Generator<[string, Buffer]> {
  for (const before of [0, 1, 2]) {
    const first = Math.ceil((before * 8) / 6);
    const whole = Math.floor(((before + secret.length) * 8) / 6);
    const text = Buffer.concat([Buffer.alloc(before), secret]).toString('base64').slice(first, whole);
    yield [`base64 +${before}`, toAscii(text)];
    yield [`base64url +${before}`, toAscii(text.replaceAll('+', '-').replaceAll('/', '_'))];
  }
}

const lowerEscapes = (text: string) => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
const escapeAll = (text: string) => text.replace(/[^A-Za-z0-9]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
const quote = (text: string) => JSON.stringify(text).slice(1, -1);
const htmlEscapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function* listTexts(text: string): Generator<[string, string]> {
  const url = encodeURIComponent(text);
  for (const form of [url, lowerEscapes(url), encodeURI(text)]) {
    yield ['URL', form];
    yield ['URL', form.replaceAll('%20', '+')];
  }
  for (const form of [quote(text), quote(text).replaceAll('/', '\\/')]) {
    yield ['JSON', form];
    yield ['JSON in JSON', quote(form)];
  }
  const escaped = escapeAll(text);
  yield ['JSON escapes', escaped];
  yield ['JSON escapes', escaped.replace(/\\u[0-9a-f]{4}/g, (escape) => `\\u${escape.slice(2).toUpperCase()}`)];
  yield ['HTML', text.replace(/[&<>"']/g, (character) => htmlEscapes[character] ?? character)];
}

/** Every form in which a secret may lie somewhere, each once, by name: raw first. */
export function listForms(secret: Buffer): { form: string; bytes: Buffer }[] {
  const text = secret.toString();
  const hex = secret.toString('hex');
  const forms: [string, Buffer][] = [['raw', secret], ...listBase64(secret), ['hex', toAscii(hex)], ['hex', toAscii(hex.toUpperCase())]];
  // Random bytes are no text, and have no forms of one.
  if (Buffer.from(text).equals(secret)) forms.push(...[...listTexts(text)].map(([form, written]): [string, Buffer] => [form, Buffer.from(written)]));
  const seen = new Set<string>();
  return forms.flatMap(([form, bytes]) => {
    const key = bytes.toString('latin1');
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ form, bytes }];
  });
}
