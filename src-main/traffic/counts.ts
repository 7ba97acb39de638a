export function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** `rs1 4` and `rs2 5`, in the order a reader expects. */
export function countWords(counts: ReadonlyMap<string, number>): string[] {
  const parts = [...counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return parts.map(([name, count]) => `${name} ${count}`);
}
