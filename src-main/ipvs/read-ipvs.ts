import type { IpvsCounters, IpvsService, IpvsSnapshot } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import type { GuestShell } from '../guest/guest-session.ts';
import { parseConnections, parseTimeouts } from './ipvsadm-connections.ts';
import { parseRates, parseStats, type StatsService } from './ipvsadm-stats.ts';
import {
  parsePersistentConnections,
  parseTable,
  parseThresholds,
  type ByServer,
  type TableService,
} from './ipvsadm-table.ts';

/**
 * How often the kernel sums its per-CPU counters into those that ipvsadm shows: estimation_timer() in
 * net/netfilter/ipvs/ip_vs_est.c runs every 2 s, and ip_vs_copy_stats() in ip_vs_ctl.c gives what it left.
 * Active and inactive connections are counted apart, and are always true.
 */
const statsRefreshMs = 2000;

/** How long after a load its counters are whole, in milliseconds: one refresh, and a timer that comes late. */
export const statsSettleMs = statsRefreshMs + 200;

/** As many connections as are read at once by default: about 0.8 MB of listing. */
const mostConnections = 10_000;

/** The director's services, their real servers in the order in which the scheduler walks them, and weights. */
export async function readTable(director: GuestShell, signal?: AbortSignal): Promise<TableService[]> {
  return parseTable(await list(director, 'ipvsadm -Ln --nosort', signal));
}

/** The director's counters, true as of up to `statsSettleMs` ago. */
export async function readStats(director: GuestShell, signal?: AbortSignal): Promise<StatsService[]> {
  return parseStats(await list(director, 'ipvsadm -Ln --stats --exact', signal));
}

/** A service as its table and its counters tell it. */
export interface CountedService extends TableService {
  /** Null for one that came between the two listings. */
  readonly counters: IpvsCounters | null;
}

/**
 * Both in one round trip, and with them `ipvsadm -Ln` and `ipvsadm -Ln --stats` as a trainee would read them: half of
 * what `readIpvs` reads, and of the time it takes.
 */
export async function readServices(
  director: GuestShell,
  signal?: AbortSignal,
): Promise<{ services: CountedService[]; tables: string }> {
  const next = `echo '${divider}'`;
  const script = [
    `${listings.table} || exit`,
    next,
    `${listings.stats} || exit`,
    next,
    'ipvsadm -Ln; echo; ipvsadm -Ln --stats',
  ].join('\n');
  const output = await list(director, script, signal, 'ipvsadm');
  const [table = '', stats = '', tables = ''] = output.split(`${divider}\n`);
  const counters = byServer(parseStats(stats));
  const services = parseTable(table).map((service) => ({
    ...service,
    counters: counters.get(`${service.protocol} ${service.address}`)?.get('') ?? null,
  }));
  return { services, tables: tables.trim() };
}

export interface ReadIpvsOptions {
  readonly signal?: AbortSignal | undefined;
  /** More connections than this are left out, and `connectionsCut` set; 10,000 by default. */
  readonly mostConnections?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const listings = {
  table: 'ipvsadm -Ln --nosort',
  thresholds: 'ipvsadm -Ln --thresholds',
  persistent: 'ipvsadm -Ln --persistent-conn',
  stats: 'ipvsadm -Ln --stats --exact',
  rates: 'ipvsadm -Ln --rate --exact',
  timeouts: 'ipvsadm -L --timeout',
  rules: 'ipvsadm -Sn',
} as const;

const divider = '==== next listing';

/**
 * All that the director's kernel tells, in one round trip. Nothing is changed by it but this: where ip_vs is not loaded,
 * ipvsadm loads it.
 * @throws LabError 'guest-command-failed' when ipvsadm fails or prints what cannot be read; what `director.run` throws.
 */
export async function readIpvs(director: GuestShell, options: ReadIpvsOptions = {}): Promise<IpvsSnapshot> {
  const { signal, now = Date.now, mostConnections: most = mostConnections } = options;
  const askedAt = now();
  const output = await list(director, readScript(most), signal, 'ipvsadm');
  const readAt = now();
  const [
    table = '',
    thresholds = '',
    persistent = '',
    stats = '',
    rates = '',
    timeouts = '',
    rules = '',
    conns = '',
  ] = output.split(`${divider}\n`);
  const connections = parseConnections(conns);
  return {
    askedAt,
    readAt,
    services: merge(parseTable(table), {
      thresholds: parseThresholds(thresholds),
      persistent: parsePersistentConnections(persistent),
      counters: byServer(parseStats(stats)),
      rates: byServer(parseRates(rates)),
    }),
    connections: connections.slice(0, most),
    connectionsCut: connections.length > most,
    timeouts: parseTimeouts(timeouts),
    rules: rules.trim(),
    countersAsOf: { notBefore: askedAt - statsSettleMs, notAfter: readAt, seen: false },
  };
}

/** The connections come last, through `head`: two lines of heading, and one more connection to know of the rest. */
function readScript(most: number): string {
  const others = Object.values(listings).map((command) => `${command} || exit; echo '${divider}'`);
  return [...others, `ipvsadm -Lnc | head -n ${most + 3}`].join('\n');
}

interface Details {
  readonly thresholds: ReturnType<typeof parseThresholds>;
  readonly persistent: ByServer<number>;
  readonly counters: ReturnType<typeof byServer>;
  readonly rates: ReturnType<typeof byServer>;
}

/** What the listings of one moment say of the same service; a listing that does not have it leaves null. */
function merge(
  table: readonly TableService[],
  { thresholds, persistent, counters, rates }: Details,
): IpvsService[] {
  return table.map((service) => {
    const key = `${service.protocol} ${service.address}`;
    return {
      ...service,
      counters: counters.get(key)?.get('') ?? null,
      rates: rates.get(key)?.get('') ?? null,
      servers: service.servers.map((server) => ({
        ...server,
        persistentConnections: persistent.get(key)?.get(server.address) ?? null,
        thresholds: thresholds.get(key)?.get(server.address) ?? null,
        counters: counters.get(key)?.get(server.address) ?? null,
        rates: rates.get(key)?.get(server.address) ?? null,
      })),
    };
  });
}

/** The figures of each service's servers by their address, and those of the service itself by ''. */
function byServer(services: readonly StatsService[]) {
  return new Map(
    services.map(({ protocol, address, servers, ...own }) => [
      `${protocol} ${address}`,
      new Map([['', own], ...servers.map(({ address: rip, ...figures }) => [rip, figures] as const)]),
    ]),
  );
}

async function list(
  director: GuestShell,
  command: string,
  signal: AbortSignal | undefined,
  name = command,
): Promise<string> {
  const { exitCode, stdout, stderr } = await director.run(command, { signal });
  if (exitCode === 0) return stdout;
  throw new LabError('guest-command-failed', `\`${name}\` failed on the director.`, {
    why: stderr.trim() || `exit code ${exitCode}`,
    remedy: 'Check that the module is loaded: `modprobe ip_vs` on the director.',
  });
}
