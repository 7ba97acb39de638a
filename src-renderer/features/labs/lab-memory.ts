import type { TemplateCard } from '../../../src-main/contract/templates.ts';

/**
 * What all machines of a lab get together, in MiB.
 * @param realServers How many are wanted.
 * @param leastMiB What the image gives each of them at least.
 */
export function labMemory({ modes }: TemplateCard, realServers: number, leastMiB: number): number {
  const nodes = modes[0]?.nodes ?? [];
  const servers = nodes.filter(({ role }) => role === 'real-server');
  const size = (memoryMiB = 0) => Math.max(memoryMiB, leastMiB);
  const all = nodes.reduce((sum, { memoryMiB }) => sum + size(memoryMiB), 0);
  return all + (realServers - servers.length) * size(servers[0]?.memoryMiB);
}
