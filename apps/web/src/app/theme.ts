import { theme as antdTheme } from 'antd';
import type { ConfigProviderProps, ThemeConfig } from 'antd';
import type { Mode } from './tokens.ts';
import { shape, tokens } from './tokens.ts';

export { tokens } from './tokens.ts';
export type { Mode } from './tokens.ts';

type Components = NonNullable<ThemeConfig['components']>;
type Mapping = Extract<NonNullable<ThemeConfig['algorithm']>, unknown[]>[number];

/** The two greys that antd derives from text; both keep 4.5 : 1 on card and canvas. */
const placeholder: Record<Mode, string> = { light: '#6B7689', dark: '#8A94A8' };

// antd rewrites seed colours (its dark algorithm dulls the primary), so the exact values are put back after it ran.
function exactly(mode: Mode): Mapping {
  const c = tokens[mode];
  const base = mode === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm;
  return (seed, map) => ({
    ...base(seed, map),
    colorPrimary: c.primary,
    colorPrimaryHover: mode === 'light' ? '#1D48AC' : '#9AB7FF',
    colorPrimaryActive: mode === 'light' ? '#173B8F' : '#B3C9FF',
    colorPrimaryText: c.primary,
    colorPrimaryBg: c.primary_soft,
    colorPrimaryBgHover: c.primary_soft,
    colorPrimaryBorder: c.primary,
    colorSuccess: c.ok,
    colorWarning: c.warn,
    colorError: c.error,
    colorInfo: c.primary,
    colorLink: c.primary,
    colorSuccessText: c.ok,
    colorWarningText: c.warn,
    colorErrorText: c.error,
  });
}

function aliasTokens(mode: Mode): NonNullable<ThemeConfig['token']> {
  const c = tokens[mode];
  return {
    colorBgLayout: c.canvas,
    colorBgContainer: c.card,
    colorBgElevated: c.raised,
    // Tooltips: the default spotlight is near-white on dark.
    colorBgSpotlight: mode === 'light' ? c.ink : '#2C3342',
    colorText: c.ink,
    colorTextHeading: c.ink,
    colorTextSecondary: c.muted,
    colorTextTertiary: c.muted,
    colorTextDescription: c.muted,
    colorTextPlaceholder: placeholder[mode],
    colorIcon: c.muted,
    colorIconHover: c.ink,
    colorBorder: c.input_border,
    colorBorderSecondary: c.line,
    colorSplit: c.line,
    colorFillAlter: c.soft,
    colorFillTertiary: c.soft,
    controlItemBgHover: c.soft,
    controlItemBgActive: c.primary_soft,
    controlItemBgActiveHover: c.primary_soft,
    controlOutline: mode === 'light' ? 'rgba(36,86,200,.18)' : 'rgba(125,162,255,.24)',
    boxShadow: c.shadow,
    boxShadowSecondary: c.shadow,
    boxShadowTertiary: 'none',
  };
}

const scale: NonNullable<ThemeConfig['token']> = {
  fontFamily: 'var(--lyss-font-sans)',
  fontFamilyCode: shape.font_mono,
  fontSize: 14,
  fontSizeSM: 12,
  fontSizeHeading1: 22,
  lineHeight: 1.57,
  fontWeightStrong: 650,
  borderRadiusSM: 6,
  borderRadius: 8,
  borderRadiusLG: 12,
  controlHeightSM: 26,
  controlHeight: 34,
  controlHeightLG: 40,
  motionDurationFast: '0.12s',
  motionDurationMid: '0.16s',
  motionDurationSlow: '0.22s',
};

function componentTokens(mode: Mode): Components {
  const c = tokens[mode];
  // White on the fill, not on the text colour: the dark primary is too light to carry white words.
  const filled = { algorithm: false, colorPrimary: c.primary_fill, colorPrimaryHover: c.primary_fill_hover, colorPrimaryActive: c.primary_fill_active };
  return {
    Button: {
      ...filled,
      colorPrimaryBorder: c.primary_fill,
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
      fontWeight: 500,
      contentFontSizeLG: 14,
      // One colour serves an outlined danger button's words and a filled one's ground, so on dark the words on it are dark.
      colorError: c.error,
      colorErrorHover: c.error,
      colorErrorActive: c.error,
      dangerColor: mode === 'light' ? c.on_fill : c.canvas,
    },
    Switch: filled,
    Checkbox: filled,
    Radio: filled,
    Badge: { colorPrimary: c.primary_fill, colorError: c.error_fill },
    Menu: { itemSelectedBg: c.primary_soft, itemSelectedColor: c.primary, itemHoverBg: c.soft, itemBorderRadius: 8, itemHeight: 34, activeBarBorderWidth: 0 },
    Layout: { bodyBg: c.canvas, headerBg: c.card, siderBg: c.card, lightSiderBg: c.card },
    Tabs: { horizontalItemGutter: 24, titleFontSize: 14 },
    Tooltip: { fontSize: 12 },
    Modal: { titleFontSize: 15 },
    Drawer: { paddingLG: 24 },
    Segmented: { trackBg: c.soft, itemSelectedBg: c.card },
    Input: { activeShadow: `0 0 0 3px ${mode === 'light' ? 'rgba(36,86,200,.14)' : 'rgba(125,162,255,.2)'}` },
  };
}

/**
 * The antd theme of one mode, from the same tokens as theme.css.
 * @param mode 'light' | 'dark'. Give it to ConfigProvider together with `providerDefaults`.
 */
export function createTheme(mode: Mode): ThemeConfig {
  const c = tokens[mode];
  return {
    algorithm: exactly(mode),
    hashed: false,
    cssVar: { key: 'lyss' },
    token: { colorPrimary: c.primary, colorSuccess: c.ok, colorWarning: c.warn, colorError: c.error, colorInfo: c.primary, colorLink: c.primary, ...scale, ...aliasTokens(mode) },
    components: componentTokens(mode),
  };
}

/** ConfigProvider's props that do not change with the mode: no wave, and no space pushed between two Chinese letters of a button. */
export const providerDefaults: Pick<ConfigProviderProps, 'button' | 'wave'> = {
  button: { autoInsertSpace: false },
  wave: { disabled: true },
};
