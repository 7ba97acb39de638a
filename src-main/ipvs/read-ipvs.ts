import type { IpvsCounters, IpvsService, IpvsSnapshot, Thresholds } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import type { GuestShell } from '../guest/guest-session.ts';
import { parseConnections, parseTimeouts } from './ipvsadm-connections.ts';
import { marksScript, parseMarks } from './read-marks.ts';
import type { MarkRule } from './packet-marks.ts';
import { parseRates, parseStats, type StatsService } from './ipvsadm-stats.ts';
import {
  parsePersistentConnections,
  parseTable,
  parseThresholds,
  type ByServer,
  type TableServer,
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
export const mostConnections = 10_000;

/** The director's services, their real servers in the order in which the scheduler walks them, and weights. */
export async function readTable(director: GuestShell, signal?: AbortSignal): Promise<TableService[]> {
  return parseTable(await list(director, 'ipvsadm -Ln --nosort', signal));
}

/** Services, and the rules by which packets get the marks that some of them go by; undefined where those cannot be read. */
export interface MarkedServices<Service> {
  readonly services: readonly Service[];
  readonly marks: readonly MarkRule[] | undefined;
}

/** The same as `readTable` and, in the same round trip, the rules that set marks. */
export async function readMarkedTable(
  director: GuestShell,
  signal?: AbortSignal,
): Promise<MarkedServices<TableService>> {
  const script = `${listings.table} || exit\necho '${divider}'\n${marksScript}`;
  const [table = '', marks = ''] = (await list(director, script, signal, 'ipvsadm')).split(`${divider}\n`);
  return withMarks(parseTable(table), marks);
}

/** Services with the rules that a `marksScript` listing tells. */
export function withMarks<Service extends TableService>(
  services: readonly Service[],
  listing: string,
): MarkedServices<Service> {
  const marked = services.some(({ protocol }) => protocol === 'fwmark');
  return { services, marks: parseMarks(listing, marked) };
}

/** The table, with thresholds and the rules that set marks and without counters, in one round trip. */
export async function readBoundedTable(
  director: GuestShell,
  signal?: AbortSignal,
): Promise<MarkedServices<BoundedService>> {
  const parts = await readParts(director, [listings.table, listings.thresholds, marksScript], signal);
  const [table = '', thresholds = '', marks = ''] = parts;
  return withMarks(bounded(counted(table, ''), thresholds), marks);
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

/** A service with the thresholds of its servers. */
export interface BoundedService extends CountedService {
  readonly servers: readonly (TableServer & Thresholds)[];
}

/**
 * Services with counters and thresholds in one round trip, and with them `ipvsadm -Ln` and `ipvsadm -Ln --stats` as a
 * trainee would read them: half of what `readIpvs` reads, and of the time it takes.
 */
export async function readServices(
  director: GuestShell,
  signal?: AbortSignal,
): Promise<MarkedServices<BoundedService> & { readonly tables: string }> {
  const parts = await readParts(
    director,
    [listings.table, listings.stats, tablesCommand, listings.thresholds, marksScript],
    signal,
  );
  const [table = '', stats = '', tables = '', thresholds = '', marks = ''] = parts;
  const services = bounded(counted(table, stats), thresholds);
  return { ...withMarks(services, marks), tables: tables.trim() };
}

/** The same services with the thresholds of a `thresholds` listing. */
export function bounded(services: readonly CountedService[], thresholds: string): BoundedService[] {
  const bounds = parseThresholds(thresholds);
  return services.map((service) => ({
    ...service,
    servers: service.servers.map((server) => ({
      ...server,
      ...(bounds.get(`${service.protocol} ${service.address}`)?.get(server.address) ?? {
        upper: 0,
        lower: 0,
      }),
    })),
  }));
}

/** The tables as a trainee would read them. */
export const tablesCommand = 'ipvsadm -Ln; echo; ipvsadm -Ln --stats';

/** The services of a `table` listing, with their counters of a `stats` listing. */
export function counted(table: string, stats: string): CountedService[] {
  const counters = byServer(parseStats(stats));
  return parseTable(table).map((service) => ({
    ...service,
    counters: counters.get(`${service.protocol} ${service.address}`)?.get('') ?? null,
  }));
}

/** What each command prints, in one round trip. @throws LabError 'guest-command-failed' when one of them fails. */
export async function readParts(
  director: GuestShell,
  commands: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const script = commands.map((command) => `{ ${command}; } || exit`).join(`\necho '${divider}'\n`);
  const output = await list(director, script, signal, 'ipvsadm');
  return output.split(`${divider}\n`);
}

export interface ReadIpvsOptions {
  readonly signal?: AbortSignal | undefined;
  /** More connections than this are left out, and `connectionsCut` set; 10,000 by default. */
  readonly mostConnections?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Each listing's command. */
export const listings = {
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
  const parts = output.split(`${divider}\n`);
  const part = (name: keyof typeof order) => parts[order[name]] ?? '';
  const connections = parseConnections(part('conns'));
  const walked = parseTable(part('table'));
  return {
    askedAt,
    readAt,
    services: merge(walked, {
      thresholds: parseThresholds(part('thresholds')),
      persistent: parsePersistentConnections(part('persistent')),
      counters: byServer(parseStats(part('stats'))),
      rates: byServer(parseRates(part('rates'))),
    }),
    connections: connections.slice(0, most),
    connectionsCut: connections.length > most,
    timeouts: parseTimeouts(part('timeouts')),
    rules: part('rules').trim(),
    marks: withMarks(walked, part('marks')).marks?.slice() ?? null,
    countersAsOf: { notBefore: askedAt - statsSettleMs, notAfter: readAt, seen: false },
  };
}

/** The parts of the script's output. */
const order = {
  ...{ table: 0, thresholds: 1, persistent: 2, stats: 3, rates: 4, timeouts: 5, rules: 6 },
  ...{ marks: 7, conns: 8 },
} as const;

/** The connections come last, through `head`: two lines of heading, and one more connection to know of the rest. */
function readScript(most: number): string {
  const others = Object.values(listings).map((command) => `${command} || exit; echo '${divider}'`);
  return [...others, `${marksScript}\necho '${divider}'`, connectionsCommand(most)].join('\n');
}

/** Prints at most so many connections and one more, so that it is known when there are more. */
export function connectionsCommand(most: number): string {
  return `ipvsadm -Lnc | head -n ${most + 3}`;
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
