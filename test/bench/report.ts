/** Prints one figure against its peer, with the aim the ratio is held against. */
export function reportRatio(
  name: string,
  { ours, peer, unit, aim }: { ours: readonly number[]; peer: readonly number[]; unit: string; aim: string },
): void {
  const [a, b] = [median(ours), median(peer)];
  console.log(
    `${name}: ${show(a)} ${unit} against ${show(b)} ${unit}, ratio ${(a / b).toFixed(2)} (aim: ${aim})`,
  );
  console.log(`  ours ${ours.map(show).join(', ')}; peer ${peer.map(show).join(', ')}`);
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

export function show(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
