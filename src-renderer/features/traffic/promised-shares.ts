import type { LabView } from '../../../src-main/contract/lab-view.ts';

/** The part of all requests that each server is to get, all together 1; null where no parts are promised. */
export type PromisedShares = Readonly<Record<string, number>> | null;

/** What a load that is under way is to come to, by the weights of the lab as it now is. */
export function sharesByWeight({ service, nodes }: LabView, concurrency: number): PromisedShares {
  if (service.persistentSeconds !== null) return null;
  const open = nodes.filter(({ role, weight }) => role === 'real-server' && weight > 0);
  const { scheduler } = service;
  // Those that go by load keep to weights only when each request has ended before the next.
  const alike = scheduler === 'rr' || (scheduler === 'lc' && concurrency === 1);
  const weighed = scheduler === 'wrr' || (['wlc', 'twos'].includes(scheduler) && concurrency === 1);
  if (!alike && !weighed) return null;
  return parts(open.map(({ name, weight }) => [name, alike ? 1 : weight]));
}

const forms: readonly RegExp[] = [
  /^of every \d+ connections: (?<servers>.+)$/,
  /^shares of (?<servers>.+), where/,
  /^exact alternation over (?<servers>.+)$/,
  /^all to (?<servers>\S+), /,
];

/** What an ended load was held against, out of the English words it was promised in; null where they name no parts. */
export function sharesInWords(promised: string): PromisedShares {
  for (const form of forms) {
    const servers = form.exec(promised)?.groups?.['servers'];
    if (servers !== undefined) return parts(servers.split(', ').map(readPart));
  }
  return null;
}

/** `rs1`, `rs1 2` or `rs1 66.7%`. */
function readPart(words: string): [string, number] {
  const [name = '', part = '1'] = words.split(' ');
  return [name, Number.parseFloat(part)];
}

function parts(servers: readonly (readonly [string, number])[]): PromisedShares {
  const whole = servers.reduce((sum, [, part]) => sum + part, 0);
  return whole > 0 ? Object.fromEntries(servers.map(([name, part]) => [name, part / whole])) : null;
}
