import { readonly, ref, watchEffect, type Ref } from 'vue';
import { createSetting } from '../lib/setting.ts';

export type Theme = 'light' | 'dark';

const setting = createSetting<Theme>('theme', ['light', 'dark']);
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const theme = ref<Theme>(setting.read() ?? systemTheme());

function systemTheme(): Theme {
  return systemDark.matches ? 'dark' : 'light';
}

// The system is followed until the user chooses.
systemDark.addEventListener('change', () => {
  theme.value = setting.read() ?? systemTheme();
});
// Element Plus goes by this class.
watchEffect(() => {
  document.documentElement.classList.toggle('dark', theme.value === 'dark');
});

/** The page's theme, and the way to change and remember it. */
export function useTheme(): { theme: Readonly<Ref<Theme>>; toggle: () => void } {
  return {
    theme: readonly(theme),
    toggle: () => {
      theme.value = theme.value === 'dark' ? 'light' : 'dark';
      setting.write(theme.value);
    },
  };
}
