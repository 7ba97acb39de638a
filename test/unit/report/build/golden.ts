import { expect } from 'vitest';

/** Holds a value against the file that was looked at once; `vitest -u` writes it anew. */
export async function golden(name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value, null, 1)
    // Lists of plain values stand in one line each.
    .replace(/\[\s*((?:(?:"(?:[^"\\]|\\.)*"|[\d.e+-]+|null|true|false),?\s*)+)\]/g, (_, items: string) => {
      return `[${items.trim().replace(/,\s+/g, ', ')}]`;
    });
  await expect(`${text}\n`).toMatchFileSnapshot(`golden/${name}.golden`);
}
