import { onMounted, onUnmounted, ref, type Ref } from 'vue';

/** On a large field everything is drawn larger, up to so much. */
const largest = 1.35;
const usual = { width: 720, height: 560 };

export interface DrawingSize {
  /** In the drawing's own units. */
  readonly width: number;
  readonly height: number;
  /** Pixels for each of them. */
  readonly scale: number;
}

/** The size of an element, as what is drawn in it counts. */
export function useDrawingSize(element: Readonly<Ref<HTMLElement | null>>): Ref<DrawingSize> {
  const size = ref<DrawingSize>({ ...usual, scale: 1 });
  const observer = new ResizeObserver(([entry]) => {
    if (!entry?.contentRect.width) return;
    const { width, height } = entry.contentRect;
    const scale = Math.min(largest, Math.max(1, Math.min(width / usual.width, height / usual.height)));
    size.value = { width: width / scale, height: height / scale, scale };
  });
  onMounted(() => {
    if (element.value) observer.observe(element.value);
  });
  onUnmounted(() => {
    observer.disconnect();
  });
  return size;
}
