import { describe, expect, test } from 'vitest';
import { placePanel } from './place-panel.ts';

const view = { width: 390, height: 844 };
const panel = { width: 300, height: 400 };
const box = (left: number, top: number) => ({ left, right: left + 100, top, bottom: top + 28 });

describe('where a panel stands', () => {
  test('above its trigger and held there, where there is room', () => {
    expect(placePanel(box(20, 780), panel, view, 'above-start')).toEqual({ left: 20, bottom: 70, room: 766 });
  });

  test('on the other side where its own has none', () => {
    expect(placePanel(box(20, 100), panel, view, 'above-start')).toEqual({ left: 20, top: 134, room: 702 });
    expect(placePanel(box(200, 700), panel, view, 'below-end')).toMatchObject({ bottom: 150 });
  });

  test('never over the window’s edge', () => {
    expect(placePanel(box(280, 780), panel, view, 'above-start').left).toBe(82);
    expect(placePanel(box(-60, 100), panel, view, 'below-end').left).toBe(8);
  });
});
