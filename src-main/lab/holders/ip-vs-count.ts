import type { Listing } from './holder-listings.ts';

/**
 * How many of ip_vs's uses are by nothing that was found. The kernel counts one for each module that needs it, one for each
 * scheduler, engine and application that is registered, and one for each service and each sync daemon, in whatever network
 * namespace: ip_vs_use_count_inc() in net/netfilter/ipvs/.
 */
export function ipVsCount(listings: readonly Listing[], modules: readonly string[]): number {
  const module = listings.find(({ name, argument }) => name === 'module' && argument === 'ip_vs');
  if (!module || !modules.includes('ip_vs')) return 0;
  const [count = '0', ...holders] = module.lines.map((line) => line.split(' ')[0] ?? '');
  // It registers itself once in every network namespace, also in those without a name or a process.
  if (holders.includes('ip_vs_ftp')) return 0;
  const registered = holders.filter((name) => name.startsWith('ip_vs_'));
  const things = listings
    .filter(({ name }) => ['rules', 'daemons', 'namespace'].includes(name))
    .flatMap(({ lines }) => lines)
    .filter((line) => /^(-A |(master|backup) sync daemon)/.test(line));
  return Math.max(0, Number(count) - holders.length - registered.length - things.length);
}
