import type { GuestTraits } from './guest-traits.ts';
import { keptAddress, keptGateway } from './keep-address.ts';
import { fileAsTyped } from './keep-file.ts';
import { keptRules } from './keep-rules.ts';

/** What of a planned step matters here. */
export interface StepToKeep {
  /** Unique on its node. */
  readonly id: string;
  readonly commands: readonly string[];
}

type Family = Pick<GuestTraits, 'family' | 'network' | 'firewall'>;

/**
 * How the guest's own family keeps over a restart what a step's commands do, as it is typed by root once they have run, each
 * entry one command; empty where nothing is to be kept, or nobody there keeps it. Known are addresses and a default route of
 * lo and eth0, eth1 …, kernel values, modules, the director's table, services, and firewalld that is stopped. tunl0 is not: it
 * is there only once its module is loaded. Pure.
 */
export function keptStep(traits: Family, step: StepToKeep): string[] {
  const each = step.commands.flatMap((command) => [
    ...keptModule(command),
    ...(/^ipvsadm -[Aa] /.test(command) ? keptRules(traits) : []),
    ...keptService(traits, command),
  ]);
  return lastOfEach([...keptSysctls(step), ...keptNetwork(traits, step), ...each]);
}

/** Each line once, where it stands last: a connection is set up anew, a table saved, when all that is in it is there. Pure. */
export function lastOfEach(lines: readonly string[]): string[] {
  return [...new Set(lines.toReversed())].toReversed();
}

/** The same of addresses and a default route alone. Pure. */
export function keptNetwork(traits: Pick<GuestTraits, 'network'>, { commands }: StepToKeep): string[] {
  return commands.flatMap((command) => {
    const [, address, nic, label] = /^ip address add (\S+) dev (lo|eth\d+)( label \S+)?$/.exec(command) ?? [];
    // Of a LAN a node's own address has the LAN's prefix length.
    const alias = label !== undefined || address?.endsWith('/32') === true;
    if (address !== undefined && nic !== undefined) return keptAddress(traits, { nic, address, alias });
    const [, gateway, by] = /^ip route replace default via (\S+) dev (eth\d+)$/.exec(command) ?? [];
    return gateway !== undefined && by !== undefined ? keptGateway(traits, by, gateway) : [];
  });
}

/** A file of the step's own, sysctl.d(5): it comes after what the distributions have, 50-default.conf for one. */
function keptSysctls({ id, commands }: StepToKeep): string[] {
  const lines = commands.flatMap((command) => {
    const [, pairs] = /^sysctl -w((?: [\w./-]+=[\w.-]+)+)$/.exec(command) ?? [];
    return pairs === undefined ? [] : pairs.trim().split(' ');
  });
  if (lines.length === 0) return [];
  const content = lines.map((line) => `${line.replace('=', ' = ')}\n`).join('');
  return [fileAsTyped(`/etc/sysctl.d/90-lvs-${id.replaceAll(':', '-')}.conf`, content)];
}

/** modules-load.d(5): loaded before sysctl.d is read, so tunl0 has its values. */
function keptModule(command: string): string[] {
  const [, name] = /^modprobe (\w+)$/.exec(command) ?? [];
  return name === undefined ? [] : [`echo ${name} >/etc/modules-load.d/${name}.conf`];
}

function keptService({ firewall }: Family, command: string): string[] {
  if (/^systemctl stop firewalld\b/.test(command) && firewall === 'firewalld')
    return ['systemctl disable firewalld'];
  const [, name] = /^systemctl (?:start|reload-or-restart) ([\w@.-]+)$/.exec(command) ?? [];
  return name === undefined ? [] : [`systemctl enable ${name}`];
}
