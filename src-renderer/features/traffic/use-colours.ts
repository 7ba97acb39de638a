import { onMounted, onUnmounted, ref, type Ref } from 'vue';

/** The value of a colour token of app/style.css, for what is drawn and not styled. */
export function colourOf(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

/** The token of a real server by its place among the lab's; there are eight. */
export function serverToken(index: number): string {
  return index < 0 ? '--text-soft' : `--server-${(index % 8) + 1}`;
}

/** Calls back when the theme has changed, so that what is drawn can be drawn anew. */
export function onThemeChange(redraw: () => void): void {
  const observer = new MutationObserver(redraw);
  onMounted(() => {
    observer.observe(document.documentElement, { attributeFilter: ['class'] });
  });
  onUnmounted(() => {
    observer.disconnect();
  });
}

/** An element's inner width in pixels, as it changes. */
export function useWidth(element: () => HTMLElement | null): Ref<number> {
  const width = ref(0);
  const observer = new ResizeObserver(([entry]) => {
    width.value = Math.floor(entry?.contentRect.width ?? 0);
  });
  onMounted(() => {
    const target = element();
    if (target) observer.observe(target);
  });
  onUnmounted(() => {
    observer.disconnect();
  });
  return width;
}
