/** Things that wait for their time; of those with the same time, the first to come goes first. */
export interface TimeQueue<T> {
  add(time: number, item: T): void;
  /** The earliest time there is; Infinity when nothing waits. */
  next(): number;
  /** Takes out the earliest. */
  take(): T | undefined;
  /** Takes out all that are told, in no order. */
  remove(which: (item: T) => boolean): T[];
}

interface Entry<T> {
  readonly time: number;
  readonly order: number;
  readonly item: T;
}

/** A binary heap: the entry at n is not later than those at 2n+1 and 2n+2. */
export function createTimeQueue<T>(): TimeQueue<T> {
  let heap: Entry<T>[] = [];
  let added = 0;

  function add(entry: Entry<T>): void {
    let at = heap.push(entry) - 1;
    for (let parent = (at - 1) >> 1; at > 0 && isBefore(entry, heap[parent]); parent = (at - 1) >> 1) {
      swap(heap, at, parent);
      at = parent;
    }
  }

  return {
    add(time, item) {
      add({ time, order: added++, item });
    },
    next: () => heap[0]?.time ?? Infinity,
    take() {
      const [first] = heap;
      const last = heap.pop();
      if (last && heap.length > 0) {
        heap[0] = last;
        sink(heap);
      }
      return first?.item;
    },
    remove(which) {
      const all = heap;
      const removed: T[] = [];
      heap = [];
      for (const entry of all) {
        if (which(entry.item)) removed.push(entry.item);
        else add(entry);
      }
      return removed;
    },
  };
}

/** Lets the entry at the top down to its place. */
function sink<T>(heap: Entry<T>[]): void {
  for (let at = 0; ;) {
    let child = at * 2 + 1;
    if (isBefore(heap[child + 1], heap[child])) child++;
    if (!isBefore(heap[child], heap[at])) return;
    swap(heap, at, child);
    at = child;
  }
}

function isBefore<T>(one: Entry<T> | undefined, other: Entry<T> | undefined): boolean {
  if (!one || !other) return false;
  return one.time < other.time || (one.time === other.time && one.order < other.order);
}

function swap<T>(heap: Entry<T>[], one: number, other: number): void {
  const [a, b] = [heap[one], heap[other]];
  if (a && b) [heap[one], heap[other]] = [b, a];
}
