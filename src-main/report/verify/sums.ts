/** Counts by name. */
type Counts = Readonly<Record<string, number>>;

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

/** All counts of a table together. */
export function total(counts: Counts): number {
  return sum(Object.values(counts));
}

export function addUp(all: readonly Counts[]): Record<string, number> {
  const added = new Map<string, number>();
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) added.set(name, (added.get(name) ?? 0) + count);
  return Object.fromEntries(added);
}

/** 0 for a name that the table has not, whatever objects have of their own. */
export function countOf(counts: Counts, name: string): number {
  return Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0;
}
