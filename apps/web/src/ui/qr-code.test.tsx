import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { encode } from 'uqr';
import { QrCode } from './qr-code.tsx';

afterEach(cleanup);

const text = 'otpauth://totp/Lyss:lin%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Lyss';

/** The modules that a path of runs fills, as the encoder tells them. */
function readPath(path: string, edge: number): boolean[][] {
  const rows = Array.from({ length: edge }, () => Array<boolean>(edge).fill(false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)) rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  return rows;
}

it('draws every module of the code where it belongs, with the empty edge that cameras need', () => {
  render(<QrCode text={text} label="The code" />);
  const { data } = encode(text, { border: 4, ecc: 'M' });
  const image = screen.getByRole('img', { name: 'The code' });
  expect(image.getAttribute('viewBox')).toBe(`0 0 ${data.length} ${data.length}`);
  expect(readPath(image.querySelector('path')?.getAttribute('d') ?? '', data.length)).toEqual(data);
  expect(data.slice(0, 4).flat()).not.toContain(true);
});
