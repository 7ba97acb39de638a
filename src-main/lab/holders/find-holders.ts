import type { Holder } from '../../contract/holders.ts';
import { message, type Message } from '../../contract/message.ts';
import { findRule, nameOf, optionOf, ruleLinesOf, textOf, type RuleLine } from '../../ipvs/rule-line.ts';
import { quote } from '../../template/value-types.ts';
import { ipVsCount } from './ip-vs-count.ts';
import type { Listing } from './holder-listings.ts';

/** What of a node is the lab's own, and goes as the recipe is undone. */
export interface OwnParts {
  readonly node: string;
  /** The modules that are to be unloaded, as modprobe names them. */
  readonly modules: readonly string[];
  /** The service that the recipe made. */
  readonly service: { readonly protocol: 'tcp' | 'udp' | 'sctp'; readonly address: string };
  readonly vip: string;
  /** The recipe started keepalived or another checker itself. */
  readonly checker: boolean;
}

/** What holds a node's modules, or would be lost with them, beside what the recipe did. */
export interface Found {
  readonly holders: readonly Holder[];
  /** Modules that hold another and are used by nothing: they are unloaded with it, and nobody is asked. */
  readonly idle: readonly string[];
}

/** Pure. @param listings As `listingScript` has them. */
export function findHolders(listings: readonly Listing[], own: OwnParts): Found {
  const ipVs = own.modules.includes('ip_vs');
  return {
    holders: [
      ...(ipVs ? ipVsHolders(listings, own) : []),
      ...(own.modules.includes('ipip') ? ipipHolders(listings, own) : []),
      ...otherModules(listings, own),
    ],
    idle: idleModules(listings, own),
  };
}

function ipVsHolders(listings: readonly Listing[], own: OwnParts): Holder[] {
  const holders = [
    ...processes(listings, own),
    ...services(listings, own),
    ...daemons(listings, own),
    ...firewallRules(listings, own),
    ...namespaces(listings, own),
  ];
  const unknown = ipVsCount(listings, own.modules);
  if (unknown === 0) return holders;
  const what = message(
    'holder.unknown',
    'something that LVS Lab does not recognise: {unknown} of the uses that the kernel counts are by nothing that was found',
    { unknown },
  );
  return [...holders, holder(own, { what, shownBy: 'lsmod', stop: [] })];
}

function holder(
  { node }: OwnParts,
  { modules = ['ip_vs'], ...rest }: Omit<Holder, 'node' | 'modules'> & { readonly modules?: string[] },
): Holder {
  return { node, modules, ...rest };
}

function partsOf(listings: readonly Listing[], name: string): Listing[] {
  return listings.filter((each) => each.name === name);
}

/** Its parent is told: the children end with it. */
function processes(listings: readonly Listing[], own: OwnParts): Holder[] {
  const all = partsOf(listings, 'process');
  const ids = new Set(all.map(({ argument }) => argument));
  return all.flatMap(({ argument: pid, lines: [name = '', parent = '', ...rest] }) => {
    const unit = rest.find((line) => line.endsWith('.service'));
    const [serves, config = ''] = unit ? rest.slice(1) : rest;
    if (serves !== 'yes' || ids.has(parent) || own.checker) return [];
    const what =
      name === 'keepalived'
        ? message('holder.keepalived', 'keepalived (process {pid}), which keeps the services of {config}', {
            pid,
            config,
          })
        : message('holder.process', '{name} (process {pid}), which keeps services', { name, pid });
    const wait = `for i in $(seq 50); do test -d /proc/${pid} || break; sleep 0.1; done; ! test -d /proc/${pid}`;
    const end = unit ? `systemctl stop ${quote(unit)}` : `kill ${pid}; ${wait}`;
    return [holder(own, { what, shownBy: `ps -fp ${pid}`, stop: [end] })];
  });
}

function services(listings: readonly Listing[], own: OwnParts): Holder[] {
  const lines = rulesIn(listings);
  const mine = findRule(lines, own.service);
  return lines
    .filter((line) => line.verb === '-A' && line !== mine)
    .map((line) =>
      holder(own, {
        modules: modulesOf(line),
        what: message('holder.service', 'the virtual service {service}', { service: textOf(line).slice(3) }),
        shownBy: 'ipvsadm -Sn',
        // Whoever made it may have taken it away meanwhile.
        stop: [
          `ipvsadm -D ${nameOf(line)} 2>/dev/null || ! ipvsadm -Sn | grep -qxF -- ${quote(textOf(line))}`,
        ],
      }),
    );
}

function rulesIn(listings: readonly Listing[]): RuleLine[] {
  const rules = partsOf(listings, 'rules').flatMap((part) => part.lines);
  return ruleLinesOf(rules.join('\n'));
}

function modulesOf(line: RuleLine): string[] {
  const scheduler = optionOf(line, '-s');
  return ['ip_vs', ...(scheduler === undefined ? [] : [`ip_vs_${scheduler}`])];
}

function daemons(listings: readonly Listing[], own: OwnParts): Holder[] {
  return partsOf(listings, 'daemons').flatMap(({ lines }) =>
    lines.flatMap((line) => {
      const [, role] = /^(master|backup) sync daemon/.exec(line) ?? [];
      if (role === undefined) return [];
      const what = message('holder.daemon', 'the {line}', { line });
      return [holder(own, { what, shownBy: 'ipvsadm -L --daemon', stop: [`ipvsadm --stop-daemon ${role}`] })];
    }),
  );
}

function firewallRules(listings: readonly Listing[], own: OwnParts): Holder[] {
  return partsOf(listings, 'firewall').flatMap(({ argument: tool, lines }) => {
    let table = '';
    return lines.flatMap((line) => {
      if (line.startsWith('*')) table = line.slice(1);
      if (!line.startsWith('-A ')) return [];
      const what = message('holder.rule', 'the rule of {tool} in its table {table}: {line}', {
        tool,
        table,
        line,
      });
      return [
        holder(own, {
          modules: ['ip_vs', 'xt_ipvs'],
          what,
          shownBy: `${tool}-save -t ${table}`,
          stop: [`${tool} -t ${table} -D ${line.slice(3)}`],
        }),
      ];
    });
  });
}

function namespaces(listings: readonly Listing[], own: OwnParts): Holder[] {
  return partsOf(listings, 'namespace').flatMap(({ argument: path, lines }) => {
    const rules = ruleLinesOf(lines.join('\n')).filter(({ verb }) => verb === '-A');
    const roles = lines.flatMap((line) => /^(master|backup) sync daemon/.exec(line)?.[1] ?? []);
    if (rules.length === 0 && roles.length === 0) return [];
    const things = [
      ...rules.map((line) => textOf(line).slice(3)),
      ...roles.map((role) => `${role} sync daemon`),
    ];
    const inside = `nsenter --net=${quote(path)}`;
    return [
      holder(own, {
        modules: [...new Set(rules.flatMap(modulesOf).concat('ip_vs'))],
        what: message('holder.namespace', 'the network namespace {path}, which has {things}', {
          path,
          things,
        }),
        shownBy: `${inside} ipvsadm -Sn`,
        stop: [
          ...(rules.length > 0 ? [`${inside} ipvsadm -C`] : []),
          ...roles.map((role) => `${inside} ipvsadm --stop-daemon ${role}`),
        ],
      }),
    ];
  });
}

/** modprobe -r ends every tunnel of the module without a word, and what is on them goes too. */
function ipipHolders(listings: readonly Listing[], own: OwnParts): Holder[] {
  const lines = (name: string) =>
    partsOf(listings, name).flatMap((part) => part.lines.map((line) => line.trim()));
  const tunnels = lines('tunnels').filter((name) => name !== 'tunl0');
  const addresses = lines('addresses').filter((address) => address !== `${own.vip}/32`);
  const lost = (what: Message, stop: string, shownBy: string) =>
    holder(own, { modules: ['ipip'], what, stop: [stop], shownBy });
  return [
    ...tunnels.map((name) =>
      lost(
        message('holder.tunnel', 'the tunnel {name}, which would be lost with the module', { name }),
        `ip link del ${quote(name)}`,
        'ip link show type ipip',
      ),
    ),
    ...addresses.map((address) =>
      lost(
        message('holder.address', 'the address {address} of tunl0, which would be lost with the module', {
          address,
        }),
        `ip address del ${quote(address)} dev tunl0`,
        'ip address show dev tunl0',
      ),
    ),
  ];
}

/** Schedulers, persistence engines and the firewall's match: nothing of their own is in them. */
const plain = /^(ip_vs_(?!ftp)|xt_ipvs$)/;

interface HoldingModule {
  readonly of: string;
  readonly name: string;
  readonly uses: number;
}

function holdingModules(listings: readonly Listing[], { modules }: OwnParts): HoldingModule[] {
  const own = modules.map((name) => name.replaceAll('-', '_'));
  return partsOf(listings, 'module').flatMap(({ argument: of, lines: [, ...held] }) =>
    held.flatMap((line) => {
      const [name = '', uses = ''] = line.split(' ');
      return own.includes(name) ? [] : [{ of, name, uses: Number(uses) }];
    }),
  );
}

/** The others' uses are by what is named apart; those by the lab's own service end with it, also where set by hand. */
function idleModules(listings: readonly Listing[], own: OwnParts): string[] {
  const mine = findRule(rulesIn(listings), own.service);
  const used = mine === undefined ? [] : [...modulesOf(mine), `ip_vs_pe_${optionOf(mine, '--pe') ?? ''}`];
  return holdingModules(listings, own).flatMap(({ name, uses }) =>
    // A scheduler's module is counted by its own registration in ip_vs, not in itself.
    plain.test(name) && uses === (used.includes(name) ? 1 : 0) ? name : [],
  );
}

function otherModules(listings: readonly Listing[], own: OwnParts): Holder[] {
  return holdingModules(listings, own)
    .filter(({ name }) => !plain.test(name))
    .map(({ of, name, uses }) =>
      holder(own, {
        modules: [of],
        what: message('holder.module', 'the module {name}, which needs {of}', { name, of }),
        shownBy: 'lsmod',
        stop: uses === 0 ? [`modprobe -r ${quote(name)}`] : [],
      }),
    );
}
