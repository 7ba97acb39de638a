import type { LabNow } from '../../contract/lab-now.ts';

/**
 * Takes each reading of a director's table, and tells when one is another than that before it. The first is none, and one
 * that failed says nothing of the table.
 */
export function watchTable(onChange: () => void): (table: LabNow['table']) => void {
  let before: string | undefined;
  return (table) => {
    if (table === null) return;
    const text = JSON.stringify(table);
    if (before !== undefined && before !== text) onChange();
    before = text;
  };
}
