import type { IpvsConnection, IpvsTimeouts } from '../contract/ipvs.ts';
import type { GuestShell } from '../guest/guest-session.ts';
import { parseConnections, parseTimeouts } from './ipvsadm-connections.ts';
import { parsePersistentConnections } from './ipvsadm-table.ts';
import {
  bounded,
  connectionsCommand,
  counted,
  listings,
  mostConnections,
  readParts,
  tablesCommand,
  withMarks,
  type BoundedService,
  type MarkedServices,
} from './read-ipvs.ts';
import { marksScript } from './read-marks.ts';

/** A service with all that decides where its next connection goes. */
export interface StandingService extends BoundedService {
  readonly servers: readonly (BoundedService['servers'][number] & { persistent: number | null })[];
}

/** The director before a load: what `readServices` reads, and the state that schedulers look at. */
export interface StandingIpvs extends MarkedServices<StandingService> {
  readonly tables: string;
  readonly connections: IpvsConnection[];
  /** There are more connections than were read. */
  readonly connectionsCut: boolean;
  readonly timeouts: IpvsTimeouts;
  /** Of net.ipv4.vs, by their names in /proc; what the kernel has not is missing. */
  readonly sysctls: Readonly<Record<string, number>>;
  /** MAC addresses by the IPv4 addresses that the director has resolved (/proc/net/arp). */
  readonly neighbours: Readonly<Record<string, string>>;
  /** /proc/version: Debian tells the stable release there alone. */
  readonly kernel: string;
  /** Milliseconds that the round trip took. */
  readonly readMs: number;
}

/** Sysctls that decide where a connection goes (ipvs-sysctl.rst). */
const schedulingSysctls = [
  'conn_reuse_mode',
  'expire_nodest_conn',
  'expire_quiescent_template',
  'conntrack',
  'drop_entry',
  'drop_packet',
  'secure_tcp',
];

/** Reads it in one round trip. @throws LabError as `readIpvs`. */
export async function readStanding(director: GuestShell, signal?: AbortSignal): Promise<StandingIpvs> {
  const asked = performance.now();
  const connectionsListed = connectionsCommand(mostConnections);
  const parts = await readParts(
    director,
    [
      ...[connectionsListed, listings.table, listings.stats, tablesCommand, listings.thresholds],
      ...[listings.persistent, listings.timeouts, sysctlScript, marksScript, connectionsListed],
    ],
    signal,
  );
  const readMs = performance.now() - asked;
  const [before = '', table = '', stats = '', tables = '', thresholds = '', persistent = ''] = parts;
  const [timeouts = '', sysctls = '', marks = '', after = ''] = parts.slice(6);
  const templates = parsePersistentConnections(persistent);
  const connections = joined(parseConnections(before), parseConnections(after));
  const [kernel = '', ...values] = sysctls.trim().split('\n');
  const services = bounded(counted(table, stats), thresholds).map((service) => {
    const key = `${service.protocol} ${service.address}`;
    const servers = service.servers.map((server) => ({
      ...server,
      persistent: templates.get(key)?.get(server.address) ?? null,
    }));
    return { ...service, servers };
  });
  return {
    ...withMarks(services, marks),
    tables: tables.trim(),
    connections: connections.slice(0, mostConnections),
    connectionsCut: connections.length > mostConnections,
    timeouts: parseTimeouts(timeouts),
    sysctls: Object.fromEntries(
      values.flatMap((line) => {
        const [name = '', value, mac] = line.split(' ');
        return value === undefined || value === '' || mac !== undefined ? [] : [[name, Number(value)]];
      }),
    ),
    neighbours: Object.fromEntries(
      values.flatMap((line) => {
        const [name, address = '', mac] = line.split(' ');
        return name === 'arp' && mac !== undefined ? [[address, mac]] : [];
      }),
    ),
    kernel,
    readMs,
  };
}

/**
 * A listing can leave out connections that are there, while others expire as it is read piece by piece (Linux 6.1): so
 * two are joined, and what the later one says counts.
 */
function joined(before: readonly IpvsConnection[], after: readonly IpvsConnection[]): IpvsConnection[] {
  const byName = new Map(
    [...before, ...after].map((one) => [`${one.protocol} ${one.source} ${one.virtual}`, one]),
  );
  return [...byName.values()];
}

/** The kernel, then a line for each sysctl that is there and each neighbour: by the shell itself, since programs are dear in a guest. */
const sysctlScript = `read -r kernel </proc/version; echo "$kernel"
for name in ${schedulingSysctls.join(' ')}; do
  ! [ -r /proc/sys/net/ipv4/vs/$name ] || { read -r value </proc/sys/net/ipv4/vs/$name && echo "$name $value"; }
done
! [ -r /proc/net/arp ] || while read -r address type flags mac rest; do echo "arp $address $mac"; done </proc/net/arp; true`;
