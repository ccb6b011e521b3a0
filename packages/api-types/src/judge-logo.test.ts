import { describe, expect, it } from 'vitest';
import { judgeLogo, LOGO_BYTES, LOGO_MOST_SIDE } from './judge-logo.ts';

/** Each of 32 × 24 pixels. */
const pictures = {
  png: 'iVBORw0KGgoAAAANSUhEUgAAACAAAAAYCAIAAAAUMWhjAAAAJElEQVR42mNQCTtBU8QwasGoBaMWjFowasGoBaMWjFowNCwAAGZhxi7ANgv7AAAAAElFTkSuQmCC',
  jpeg: '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAYACADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAAX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCSAvp4AAAAAD//2Q==',
  lossy: 'UklGRkQAAABXRUJQVlA4IDgAAAAwAwCdASogABgAPtFiqk+oJaOiKAgBABoJZQDKLoAAQFBQAP7paR/3BmfV2OH4bVWTWr55IAAAAA==',
  lossless: 'UklGRjQAAABXRUJQVlA4TCcAAAAvH8AFEA8wVkMyxwMY8FDUtg1k/mjLoM8dCCL6Pw8AAGmfAAAAjA8A',
  extended: 'UklGRqYAAABXRUJQVlA4WAoAAAAQAAAAHwAAFwAAQUxQSBoAAAABDzCAERFCTdsGTPmjLYOcHQgi+j8Big0nv1ZQOCBmAAAA8AMAnQEqIAAYAD7RWqBLqCWjIbAYDAEAGgliAMKdgI1Bb/4CZ3oQMAD+6Wj9GepR3V8NLXERm3706222ZYZoCkjMy9ryuive/9XVn6T//3Br9S8iIlSaPhyFR9+926n9pjKNkgwA',
};
const read = (kind: keyof typeof pictures) => Buffer.from(pictures[kind], 'base64');
const change = (kind: keyof typeof pictures, edit: (bytes: Buffer) => void) => {
  const bytes = read(kind);
  edit(bytes);
  return bytes;
};
const withSide = (side: number) => change('png', (bytes) => bytes.writeUInt32BE(side, 16));

describe('a logo', () => {
  it.each([
    ['png', 'image/png'],
    ['jpeg', 'image/jpeg'],
    ['lossy', 'image/webp'],
    ['lossless', 'image/webp'],
    ['extended', 'image/webp'],
  ] as const)('is read by its content: %s', (kind, media_type) => {
    expect(judgeLogo(read(kind))).toEqual({ media_type, width: 32, height: 24 });
  });

  it('is found in a part of a longer buffer too', () => {
    const all = Buffer.concat([Buffer.alloc(7), read('png')]);
    expect(judgeLogo(all.subarray(7))).toMatchObject({ width: 32, height: 24 });
  });

  it('is bounded in bytes and pixels', () => {
    expect(judgeLogo(Buffer.concat([read('png'), Buffer.alloc(LOGO_BYTES)]))).toBe('logo_too_large');
    expect(judgeLogo(withSide(LOGO_MOST_SIDE))).toMatchObject({ width: LOGO_MOST_SIDE });
    expect(judgeLogo(withSide(LOGO_MOST_SIDE + 1))).toBe('logo_too_many_pixels');
    expect(judgeLogo(withSide(0xffffffff))).toBe('logo_too_many_pixels');
    expect(judgeLogo(withSide(15))).toBe('logo_too_few_pixels');
    expect(judgeLogo(withSide(0))).toBe('logo_not_an_image');
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['GIF', Buffer.from('GIF89a\x20\x00\x18\x00\x00\x00\x00', 'latin1')],
    ['a PNG that moves', change('png', (bytes) => bytes.write('acTL', 37))],
    ['a WebP that moves', change('extended', (bytes) => bytes.writeUInt8((bytes[20] ?? 0) | 2, 20))],
    ['a WebP of another kind', change('lossy', (bytes) => bytes.write('VP9 ', 12))],
    ['a JPEG without a frame', change('jpeg', (bytes) => bytes.writeUInt8(0xda, 3))],
    ['a JPEG whose parts have no length', change('jpeg', (bytes) => bytes.writeUInt16BE(0, 4))],
  ])('is not %s', (_name, bytes) => {
    expect(judgeLogo(bytes)).toBe('logo_not_an_image');
  });

  it('is judged, and never thrown at, wherever it is cut', () => {
    for (const kind of Object.keys(pictures) as (keyof typeof pictures)[]) {
      const whole = read(kind);
      for (let length = 0; length < whole.byteLength; length++) {
        const judged = judgeLogo(whole.subarray(0, length));
        expect(typeof judged === 'string' ? judged : judged.width, `${kind}, ${length} bytes`).toBeOneOf(['logo_not_an_image', 32]);
      }
    }
  });
});
