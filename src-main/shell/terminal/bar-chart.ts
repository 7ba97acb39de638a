import { styleText } from 'node:util';

const width = 40;

/** How a run was shared out, a bar a server: the longest fills the width. */
export function barChart(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true }));
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const most = Math.max(1, ...entries.map(([, count]) => count));
  const label = Math.max(0, ...entries.map(([name]) => name.length));
  const digits = String(most).length;
  return entries
    .map(([name, count]) => {
      const bar = '█'.repeat(Math.round((count / most) * width)).padEnd(width);
      const share = total === 0 ? 0 : (100 * count) / total;
      return `  ${name.padEnd(label)} ${styleText('cyan', bar)} ${String(count).padStart(digits)}  ${share.toFixed(1)}%`;
    })
    .join('\n');
}
