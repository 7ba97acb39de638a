import type { PortCounters } from '../../wire/lab-switch.ts';

/**
 * What the lab switch carried and what got lost, as one sentence; a loss names its port. What impairments took was
 * meant to be taken, so it stands apart.
 */
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
  const impaired = ports.filter((port) => port.impaired > 0).map((port) => `${port.id}: ${port.impaired}`);
  return [
    `${frames} frames from the guests, ${losses.length === 0 ? 'none lost' : losses.join('; ')}`,
    ...(impaired.length === 0 ? [] : [`dropped by impairments on purpose: ${impaired.join(', ')}`]),
  ].join('; ');
}
