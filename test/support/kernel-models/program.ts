import { chanceOf, type Chance } from './random.ts';

/** Settings that hold from a listing on. */
interface RoundSettings {
  readonly connReuseMode: number;
  readonly expireNodestConn: number;
  readonly expireQuiescentTemplate: number;
  readonly established: number;
  readonly finWait: number;
}

interface Server {
  readonly address: string;
  readonly forward: '-m' | '-g' | '-i';
  readonly weight: number;
  readonly upper: number;
  readonly lower: number;
}

interface Table {
  readonly vip: string;
  /** Its clients are in nets of their own: the director finds a reply's connection without the virtual address. */
  readonly net: number;
  /** 0 for a persistent service of every port. */
  readonly port: number;
  readonly service: string;
  servers: Server[];
  readonly lives: Life[];
}

/** A connection under way. */
interface Life {
  readonly client: string;
  readonly port: number;
  readonly vport: number;
  /** What is still to come of it. */
  readonly steps: string[];
}

/**
 * Tables and sequences by chance, as orders for director.pl: each table is a virtual service of its own, and has the
 * schedulers in turn. In both rounds each has some connections that open, go on, close, and come again from the same
 * ports; between them tables and settings are changed in place. At most 240 tables.
 */
export function makeProgram(schedulers: readonly string[], tables: number, seed: number): string {
  const chance = chanceOf(seed);
  const lines: string[] = [];
  const all = Array.from({ length: tables }, (_, index) =>
    makeTable(schedulers[index % schedulers.length]!, index, chance),
  );
  lines.push(...asRules(all.flatMap(firstRules)));
  for (const round of [0, 1]) {
    if (round > 0) lines.push(...asRules(all.flatMap((table) => changeTable(table, chance))));
    lines.push(...settingOrders(makeSettings(chance, round)));
    if (round > 0) lines.push(`sleep ${1 + chance.below(3)}`);
    lines.push('listing', ...all.flatMap((table) => makePackets(table, chance)));
  }
  return `${lines.join('\n')}\n`;
}

/**
 * One active connection of a server that is first in the list, 256 inactive ones of the other, then one more connection:
 * whether it goes to the first tells what an active connection weighs.
 */
export function makeCostProgram(scheduler: 'lc' | 'wlc'): string {
  const vip = '172.20.0.1';
  const change = (first: number, second: number) =>
    asRules([
      `-e -t ${vip}:80 -r 10.66.0.1:80 -g -w ${first}`,
      `-e -t ${vip}:80 -r 10.66.0.2:80 -g -w ${second}`,
    ]);
  const packet = (port: number, flags: string) => `in 198.18.0.1 ${port} ${vip} 80 ${flags}`;
  const closed = Array.from({ length: 256 }, (_, index) => 2000 + index);
  return [
    ...asRules([`-A -t ${vip}:80 -s ${scheduler}`, `-a -t ${vip}:80 -r 10.66.0.2:80 -g -w 0`]),
    ...asRules([`-a -t ${vip}:80 -r 10.66.0.1:80 -g -w 1`]),
    ...settingOrders({ ...kernelSettings, connReuseMode: 1 }),
    ...['listing', packet(1000, 'S'), packet(1000, 'A'), ...change(0, 1)],
    ...['listing', ...closed.flatMap((port) => [packet(port, 'S'), packet(port, 'F')]), ...change(1, 1)],
    ...['listing', packet(1001, 'S'), ''],
  ].join('\n');
}

/**
 * A service of a firewall mark that two virtual addresses have, with persistence or without, and one server behind NAT
 * with a port of its own.
 */
export function makeMarkProgram(schedulers: readonly string[], seed: number): string {
  const chance = chanceOf(seed);
  const lines: string[] = [];
  // The second listing finds connections and templates.
  const rounds: string[][] = [['listing'], ['listing']];
  for (const [index, scheduler] of schedulers.entries()) {
    const mark = 1 + index;
    const vips = [1, 2].map((host) => `172.20.${mark}.${host}`);
    lines.push(
      `run iptables -t mangle -A PREROUTING -d 172.20.${mark}.0/24 -j MARK --set-mark ${mark}`,
      ...asRules([
        `-A -f ${mark} -s ${scheduler}${index % 2 ? ' -p 60' : ''}`,
        `-a -f ${mark} -r 10.66.0.1:0 -g -w 2`,
        `-a -f ${mark} -r 10.66.0.2:8080 -m -w 1`,
      ]),
    );
    for (let count = 0; count < 20; count += 1) {
      const [client, port] = [`198.18.${mark}.${1 + chance.below(4)}`, 1024 + chance.below(6)];
      const way = `${client} ${port} ${scheduler.startsWith('lblc') ? vips[0] : chance.oneOf(vips)} ${chance.oneOf([80, 443])}`;
      rounds[count % 2]!.push(`in ${way} S`, ...(chance.happens(0.5) ? [`in ${way} R`] : []));
    }
  }
  return [...lines, ...settingOrders(kernelSettings), ...rounds.flat(), ''].join('\n');
}

const kernelSettings: RoundSettings = {
  ...{ connReuseMode: 3, expireNodestConn: 0, expireQuiescentTemplate: 0 },
  ...{ established: 900, finWait: 120 },
};

function asRules(rules: readonly string[]): string[] {
  return [`rules ${rules.length}`, ...rules];
}

function makeSettings(chance: Chance, round: number): RoundSettings {
  return {
    connReuseMode: chance.below(4),
    expireNodestConn: chance.below(2),
    expireQuiescentTemplate: chance.below(2),
    // The second round's listing may find connections about to expire.
    established: round === 0 ? 900 : 2 + chance.below(3),
    finWait: round === 0 ? 120 : 1 + chance.below(3),
  };
}

function settingOrders(settings: RoundSettings): string[] {
  return [
    `sysctl conn_reuse_mode ${settings.connReuseMode}`,
    `sysctl expire_nodest_conn ${settings.expireNodestConn}`,
    `sysctl expire_quiescent_template ${settings.expireQuiescentTemplate}`,
    `run ipvsadm --set ${settings.established} ${settings.finWait} 300`,
  ];
}

function makeTable(scheduler: string, index: number, chance: Chance): Table {
  const vip = `172.20.0.${1 + index}`;
  const persistent = chance.happens(0.25);
  const everyPort = persistent && chance.happens(0.2);
  const flags = ['port', 'fallback'].filter(() => chance.happens(0.5)).map((flag) => `${scheduler}-${flag}`);
  const service = [
    `-t ${vip}:${everyPort ? 0 : 80} -s ${scheduler}`,
    persistent ? `-p ${chance.oneOf([1, 2, 3, 60, 300])}` : '',
    persistent && chance.happens(0.5) ? '-M 255.255.255.0' : '',
    flags.length > 0 && (scheduler === 'sh' || scheduler === 'mh') ? `-b ${flags.join(',')}` : '',
  ].join(' ');
  const forward = chance.oneOf(['-m', '-m', '-g', '-g', '-i', undefined] as const);
  const greatest = chance.oneOf([1, 2, 4, 7, 100]);
  const count = chance.happens(0.03) ? 0 : 1 + chance.below(4);
  const servers = Array.from({ length: count }, (_, place) =>
    makeServer(place, forward, greatest, everyPort, chance),
  );
  return { vip, net: index, port: everyPort ? 0 : 80, service, servers, lives: [] };
}

function makeServer(
  place: number,
  forward: Server['forward'] | undefined,
  greatest: number,
  everyPort: boolean,
  chance: Chance,
): Server {
  const own = forward ?? chance.oneOf(['-m', '-g', '-i'] as const);
  // Behind NAT one machine may have two ports.
  const twin = own === '-m' && place > 0 && chance.happens(0.3) && !everyPort;
  const address = twin ? `10.66.0.1:${8080 + place}` : `10.66.0.${place + 1}:${everyPort ? 0 : 80}`;
  return { address, forward: own, ...makeLimits(greatest, chance) };
}

function makeLimits(greatest: number, chance: Chance): Pick<Server, 'weight' | 'upper' | 'lower'> {
  const weight = chance.happens(0.15) ? 0 : 1 + chance.below(greatest);
  const upper = chance.happens(0.3) ? 1 + chance.below(6) : 0;
  return { weight, upper, lower: upper > 0 && chance.happens(0.5) ? chance.below(upper + 1) : 0 };
}

function serverWords({ service }: Table, server: Server): string {
  const { address, forward, weight, upper, lower } = server;
  return `${service.split(' -s ')[0]} -r ${address} ${forward} -w ${weight} -x ${upper} -y ${lower}`;
}

function firstRules(table: Table): string[] {
  return [`-A ${table.service}`, ...table.servers.map((server) => `-a ${serverWords(table, server)}`)];
}

/** Some servers get another weight or other thresholds; one may go, or come back with its old connections. */
function changeTable(table: Table, chance: Chance): string[] {
  const rules: string[] = [];
  table.servers = table.servers.map((server) => {
    if (!chance.happens(0.3)) return server;
    const limits = makeLimits(Math.max(1, server.weight), chance);
    const next = chance.happens(0.7) ? { ...server, weight: limits.weight } : { ...server, ...limits };
    rules.push(`-e ${serverWords(table, next)}`);
    return next;
  });
  if (table.servers.length > 1 && chance.happens(0.1)) {
    const gone = chance.oneOf(table.servers);
    rules.push(`-d ${table.service.split(' -s ')[0]} -r ${gone.address}`);
    if (chance.happens(0.5)) rules.push(`-a ${serverWords(table, gone)}`);
    else table.servers = table.servers.filter((server) => server !== gone);
  }
  return rules;
}

/** After the SYN: a client that closes, a server that closes, one that breaks off, one that stays, one that only asks. */
const lives = [
  ['out SA', 'in A', 'in FA', 'out FA', 'in A'],
  ['out SA', 'in A', 'out FA', 'in A', 'in FA', 'out A'],
  ['out SA', 'in A', 'in R'],
  ['out SA', 'in A', 'out R'],
  ['out SA', 'in A'],
  ['out R'],
  ['in S', 'out SA'],
  [],
] as const;

function makePackets(table: Table, chance: Chance): string[] {
  const packets: string[] = [];
  const order = (words: string, { client, port, vport }: Life) => {
    const [way, flags] = words.split(' ');
    packets.push(`${way} ${client} ${port} ${table.vip} ${vport} ${flags}`);
  };
  const opened = 4 + chance.below(6);
  for (let started = 0; started < opened;) {
    const open = table.lives.filter(({ steps }) => steps.length > 0);
    if (open.length > 0 && chance.happens(0.6)) {
      const life = chance.oneOf(open);
      order(life.steps.shift()!, life);
      continue;
    }
    started += 1;
    const life = startLife(table, chance);
    const again = table.lives.findIndex(
      ({ client, port, vport }) => life.client === client && life.port === port && life.vport === vport,
    );
    if (again !== -1) table.lives.splice(again, 1);
    table.lives.push(life);
    order('in S', life);
  }
  return packets;
}

/** Few ports, so that some come again. */
function startLife(table: Table, chance: Chance): Life {
  return {
    client: `198.${18 + chance.below(2)}.${table.net}.${1 + chance.below(3)}`,
    port: 1024 + chance.below(chance.happens(0.5) ? 3 : 2000),
    vport: table.port || chance.oneOf([80, 443]),
    steps: [...chance.oneOf(lives)],
  };
}
