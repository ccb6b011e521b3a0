import { cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { TenantLogo } from './tenant-logo.tsx';

afterEach(cleanup);
const draw = (name: string, sides: [number, number] | null, src = '/logo') => render(<TenantLogo name={name} logo={sides && { src, width: sides[0], height: sides[1] }} />).container;

it.each([['Acme Cloud', 'AC'], ['acme', 'A'], ['云栖科技', '云'], ['Acme 云', 'A'], ['🚀 Rocket', '🚀'], ['  ', '']])('of %s the initials are %s', (name, initials) => {
  expect(draw(name, null).textContent).toBe(initials);
});

it.each([[[32, 32], '24px', ''], [[16, 64], '6px', ''], [[90, 30], '72px', ''], [[400, 100], '96px', 'Acme'], [[2000, 20], '172px', 'Acme']] as const)('%s pixels have their room before they are there', ([width, height], room, alt) => {
  const drawn = draw('Acme', [width, height]);
  expect(drawn.querySelector<HTMLElement>('.tenant-logo')?.style.width).toBe(room);
  expect(drawn.querySelector('img')?.alt).toBe(alt);
});

it('falls back to initials where it cannot be drawn, and tries the next one', () => {
  const { container, rerender } = render(<TenantLogo name="Acme" logo={{ src: '/one', width: 32, height: 32 }} />);
  fireEvent.error(container.querySelector('img') as HTMLImageElement);
  expect(container.textContent).toBe('A');
  rerender(<TenantLogo name="Acme" logo={{ src: '/two', width: 32, height: 32 }} />);
  expect(container.querySelector('img')?.getAttribute('src')).toBe('/two');
});
