/** The two looks. `system` is a preference, not a mode: it is resolved before anything is drawn. */
export type Mode = 'light' | 'dark';

export interface Palette {
  canvas: string;
  card: string;
  raised: string;
  soft: string;
  line: string;
  input_border: string;
  ink: string;
  muted: string;
  primary: string;
  primary_fill: string;
  primary_fill_hover: string;
  primary_fill_active: string;
  primary_soft: string;
  on_fill: string;
  ok: string;
  warn: string;
  error: string;
  error_fill: string;
  chart_1: string;
  chart_2: string;
  chart_3: string;
  chart_4: string;
  code_keyword: string;
  code_string: string;
  code_constant: string;
  code_function: string;
  code_comment: string;
  shadow: string;
}

/** Every colour of the console. antd (theme.ts), theme.css and the shell of index.html take theirs from here; a test holds them together. */
export const tokens: Record<Mode, Palette> = {
  light: {
    canvas: '#F6F7F9',
    card: '#FFFFFF',
    raised: '#FFFFFF',
    soft: '#F2F4F7',
    line: '#E8EBF0',
    input_border: '#D5DAE3',
    ink: '#141A26',
    muted: '#5F6B80',
    primary: '#2456C8',
    primary_fill: '#2456C8',
    primary_fill_hover: '#1D48AC',
    primary_fill_active: '#173B8F',
    primary_soft: '#EAF0FE',
    on_fill: '#FFFFFF',
    ok: '#12795A',
    warn: '#A15C07',
    error: '#C4320A',
    error_fill: '#C4320A',
    chart_1: '#2456C8',
    chart_2: '#0E8A7D',
    chart_3: '#C2711A',
    chart_4: '#7A4FC0',
    code_keyword: '#A0307A',
    code_string: '#12704F',
    code_constant: '#9A4F00',
    code_function: '#2456C8',
    code_comment: '#5F6B80',
    shadow: '0 8px 28px rgba(20,26,38,.10), 0 1px 3px rgba(20,26,38,.06)',
  },
  dark: {
    canvas: '#0B0E14',
    card: '#141821',
    raised: '#1A1F2B',
    soft: '#1A1F2B',
    line: '#222836',
    input_border: '#2C3342',
    ink: '#E9ECF3',
    muted: '#98A2B5',
    primary: '#7DA2FF',
    primary_fill: '#3D66D9',
    primary_fill_hover: '#446DDF',
    primary_fill_active: '#3359C4',
    primary_soft: 'rgba(108,147,255,.14)',
    on_fill: '#FFFFFF',
    ok: '#3FB68B',
    warn: '#E0A34A',
    error: '#F0716B',
    error_fill: '#C23B35',
    chart_1: '#6C93FF',
    chart_2: '#37B8A6',
    chart_3: '#DB9445',
    chart_4: '#A488E8',
    code_keyword: '#E58BC3',
    code_string: '#7FCFA8',
    code_constant: '#E3AE6B',
    code_function: '#8FB0FF',
    code_comment: '#8A94A8',
    shadow: '0 12px 36px rgba(0,0,0,.5), 0 0 0 1px rgba(255,255,255,.05)',
  },
};

const chinese = "'PingFang SC', 'HarmonyOS Sans SC', MiSans, 'Microsoft YaHei UI', 'Noto Sans CJK SC'";

/** What does not change with the mode: radii and spacing in px, type, motion in ms. */
export const shape = {
  radius_small: '6px',
  radius: '8px',
  radius_card: '12px',
  radius_composer: '16px',
  space_1: '4px',
  space_2: '8px',
  space_3: '12px',
  space_4: '16px',
  space_5: '24px',
  space_6: '40px',
  motion: '160ms',
  motion_slow: '220ms',
  font_sans: `'Inter Variable', var(--lyss-font-punctuation), ${chinese}, system-ui, sans-serif`,
  font_mono: `'JetBrains Mono Variable', ui-monospace, ${chinese}, monospace`,
};

function declare(values: object): string[] {
  return Object.entries(values).map(([name, value]) => `--lyss-${name.replaceAll('_', '-')}: ${String(value)};`);
}

/** The CSS custom properties of a mode, one declaration an entry, as theme.css must hold them. */
export function cssVariables(mode: Mode): string[] {
  return declare(tokens[mode]);
}

/** The CSS custom properties that both modes share. */
export function sharedCssVariables(): string[] {
  return declare(shape);
}
