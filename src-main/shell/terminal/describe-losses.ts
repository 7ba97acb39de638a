import type { PortCounters } from '../../wire/lab-switch.ts';

/** What the lab switch carried and what got lost, as one sentence; a loss names its port. */
export function describeLosses(ports: readonly PortCounters[]): string {
  const frames = ports.reduce((sum, { rxFrames }) => sum + rxFrames, 0);
  const losses = ports.flatMap((port) => {
    const parts = [
      [port.lostBySwitch, 'before the switch read them'],
      [port.lostByGuest + port.unsent, 'before the guest read them'],
      [port.refused, 'refused from strangers'],
      [port.malformed, 'malformed'],
    ] as const;
    return parts.filter(([count]) => count > 0).map(([count, words]) => `${port.id}: ${count} ${words}`);
  });
  return `${frames} frames from the guests, ${losses.length === 0 ? 'none lost' : losses.join('; ')}`;
}
