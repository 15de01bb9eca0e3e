// The look: quiet and official. One accent colour; the status colours are for status only. Light and dark.

import { type ThemeConfig, theme } from 'antd'

/** Contrast of every text colour on its surfaces is 4.5 or more (WCAG 2.2 AA). */
const light = {
  page: '#f5f6f7',
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#eef0f2',
  line: '#d8dce0',
  lineStrong: '#8a939c',
  text: '#1b2127',
  textQuiet: '#55606a',
  accent: '#1d567d',
  accentText: '#1d567d',
  accentSoft: '#e4eef5',
  onAccent: '#ffffff',
  good: '#1f6b3a',
  goodSoft: '#e3f2e8',
  warn: '#8a5200',
  warnSoft: '#fcf0db',
  bad: '#b3261e',
  badSoft: '#fbe6e4',
}

const dark: typeof light = {
  page: '#111518',
  surface: '#191e22',
  raised: '#20262b',
  sunken: '#0d1013',
  line: '#323a41',
  lineStrong: '#76818b',
  text: '#e6eaed',
  textQuiet: '#a3aeb8',
  accent: '#2f759f',
  accentText: '#8cc3e6',
  accentSoft: '#1b3040',
  onAccent: '#ffffff',
  good: '#7cc894',
  goodSoft: '#16301f',
  warn: '#e5b25c',
  warnSoft: '#352810',
  bad: '#f29a92',
  badSoft: '#3b1b19',
}

export const fonts = {
  text: '-apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Helvetica Neue", Arial, sans-serif',
  code: 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono", monospace',
}

export const paletteOf = (isDark: boolean): typeof light => (isDark ? dark : light)

/** Puts the palette on the document as `--page`, `--text-quiet`, … for style sheets. */
export function paint(isDark: boolean): void {
  const root = document.documentElement
  root.dataset.look = isDark ? 'dark' : 'light'
  root.style.colorScheme = isDark ? 'dark' : 'light'
  for (const [name, colour] of Object.entries(paletteOf(isDark)))
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, colour)
  root.style.setProperty('--font-text', fonts.text)
  root.style.setProperty('--font-code', fonts.code)
}

export function themeOf(isDark: boolean, isCalm: boolean): ThemeConfig {
  const colours = paletteOf(isDark)
  return {
    cssVar: { key: 'stillpoint' },
    hashed: false,
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: colours.accent,
      colorInfo: colours.accentText,
      colorLink: colours.accentText,
      colorSuccess: colours.good,
      colorWarning: colours.warn,
      colorError: colours.bad,
      colorText: colours.text,
      colorTextSecondary: colours.textQuiet,
      colorTextTertiary: colours.textQuiet,
      colorTextDescription: colours.textQuiet,
      colorTextPlaceholder: colours.textQuiet,
      colorTextDisabled: colours.textQuiet,
      colorBgLayout: colours.page,
      colorBgContainer: colours.surface,
      colorBgElevated: colours.raised,
      colorBorder: colours.lineStrong,
      colorBorderSecondary: colours.line,
      fontFamily: fonts.text,
      fontFamilyCode: fonts.code,
      fontSize: 15,
      lineHeight: 1.65,
      borderRadius: 4,
      controlHeight: 36,
      controlHeightLG: 48,
      wireframe: false,
      // Not left to the style sheet: a popup places itself by the end of its motion.
      motion: !isCalm,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px' },
      Table: { cellPaddingBlock: 10, headerBg: colours.sunken, headerColor: colours.textQuiet },
      Tag: { defaultBg: colours.sunken, defaultColor: colours.text },
    },
  }
}
