import type { PortCounters } from '../../wire/lab-switch.ts';

/** What the lab switch carried and what it lost, as one sentence. */
export function describeLosses(ports: readonly PortCounters[]): string {
  return '';
}
