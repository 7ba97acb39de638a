/** Numbers by chance that a seed gives again. */
export interface Chance {
  /** From 0 up to and without the bound. */
  below(bound: number): number;
  /** Whether something with that probability happens. */
  happens(probability: number): boolean;
  oneOf<Item>(items: readonly Item[]): Item;
}

/** A small generator (mulberry32): good enough to mix cases. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    below,
    happens: (probability) => next() < probability,
    oneOf: (items) => items[below(items.length)]!,
  };
}
