import type { ModeSwitch } from '../../contract/mode-switch.ts';

/** What a switch of mode came to, for people. */
export function describeSwitch(lab: string, result: ModeSwitch): string {
  const { from, to, moves, undone, kept, applied, milliseconds, gap, remarks } = result;
  const cables = moves.map(
    ({ node, nic, to: segment }) => `${node} ${nic} ${segment ? `→ ${segment}` : 'out'}`,
  );
  return [
    `The lab ${lab} went from ${from} to ${to} in ${(milliseconds / 1000).toFixed(1)} s.`,
    `Steps: ${undone} undone, ${kept} kept, ${applied} applied.`,
    `Cables: ${cables.join(', ') || 'none moved'}.`,
    ...(gap ? [describeGap(gap)] : []),
    ...remarks.map(({ text }) => text),
  ].join('\n');
}

function describeGap({ gapMs, usualMs, requests, failures }: NonNullable<ModeSwitch['gap']>): string {
  const failed = Object.entries(failures).map(([kind, count]) => `${kind} ${count}`);
  const longest = `the longest pause before it was ${(usualMs / 1000).toFixed(2)} s`;
  return `The client had no reply for ${(gapMs / 1000).toFixed(2)} s (${longest}); of ${requests} requests failed: ${failed.join(', ') || 'none'}.`;
}
