const dark = '(prefers-color-scheme: dark)';
/** True and false of every screen. */
const always = { dark: '(min-width: 0px)', light: '(max-width: 0px)' } as const;

/** Shows a page as it is in light or in dark, which otherwise goes by the system alone; print is left as it is. */
export function colourScheme(page: Document, theme: 'light' | 'dark'): void {
  for (const { cssRules } of page.styleSheets)
    for (const rule of cssRules) {
      // Not `instanceof`: the rules are of another window.
      if (!('media' in rule)) continue;
      const { media } = rule as CSSMediaRule;
      for (const said of [dark, ...Object.values(always)])
        media.mediaText = media.mediaText.replace(said, always[theme]);
    }
}

/** Hears of links that lead out of a page, in place of their being followed. */
export function onOutsideLink(page: Document, open: (address: string) => void): void {
  page.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>('a[href]');
    if (!link || link.getAttribute('href')?.startsWith('#')) return;
    event.preventDefault();
    open(link.href);
  });
}
