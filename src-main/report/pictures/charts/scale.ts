/** Round numbers from 0 up to one that is not less than the most there is: some four steps. */
export function ticksTo(most: number): number[] {
  const least = (most > 0 ? most : 1) / 4;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= least * 0.999) ?? 10) * power;
  const steps = Math.max(1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: steps + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

/** The same for things that are counted: whole numbers alone. */
export function countTicksTo(most: number): number[] {
  const ticks = ticksTo(most);
  return ticks.every(Number.isInteger) ? ticks : Array.from({ length: Math.max(1, most) + 1 }, (_, at) => at);
}

/** The middle one; of two the greater. Null of none. */
export function middle(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
