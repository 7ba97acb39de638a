import type { LabView } from '../../../src-main/contract/lab-view.ts';

/** The part of all requests that each server is to get, all together 1; null where no parts are promised. */
export type PromisedShares = Readonly<Record<string, number>> | null;

/**
 * What a load that is under way is to come to, by the weights of the lab as it now is: of the schedulers that look at
 * nothing else. What an ended load was to come to is in its result.
 */
export function sharesByWeight({ service, nodes }: LabView): PromisedShares {
  if (service.persistentSeconds !== null || !['rr', 'wrr'].includes(service.scheduler)) return null;
  const open = nodes.filter(({ role, weight }) => role === 'real-server' && weight > 0);
  const partOf = (weight: number) => (service.scheduler === 'rr' ? 1 : weight);
  const whole = open.reduce((sum, { weight }) => sum + partOf(weight), 0);
  return whole > 0
    ? Object.fromEntries(open.map(({ name, weight }) => [name, partOf(weight) / whole]))
    : null;
}
