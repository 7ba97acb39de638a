import type { MachineState } from '../contract/machine.ts';
import type { Connection } from './connection.ts';
import { domainPrefix } from './machine-process.ts';
import { virsh } from './virsh.ts';

/** What libvirt says of a domain with our name prefix. */
export interface DomainState {
  readonly uuid: string;
  readonly name: string;
  readonly state: MachineState;
  readonly reason: string | null;
}

/** Milliseconds; a list is asked for often, and a daemon that hangs must not hold everything up. */
const timeout = 15_000;

/** virDomainState and virDomainPausedReason (libvirt-domain.h), the reasons in the words of virsh(1), domstate. */
const states: Readonly<Record<number, MachineState>> = {
  1: 'running',
  2: 'running', // Blocked: its virtual processors are idle.
  3: 'paused',
  4: 'in-shutdown',
  5: 'off',
  6: 'crashed',
  7: 'pmsuspended',
};
const pausedReasons = [
  ...['unknown', 'user', 'migrating', 'saving', 'dumping', 'I/O error', 'watchdog', 'from snapshot'],
  ...['shutting down', 'creating snapshot', 'crashed', 'starting up', 'post-copy', 'post-copy failed'],
  'api error',
];
const crashedReasons = ['unknown', 'panicked'];

/** All domains with our prefix, each with its state, by one call. @throws LabError as `virsh`. */
export async function listDomainStates(connection: Connection): Promise<DomainState[]> {
  const commands = 'list --all --uuid --name; domstats --state';
  return parseDomainStates(await virsh(connection, 'list virtual machines', [commands], { timeout }));
}

/** Reads the output of `list --all --uuid --name` followed by that of `domstats --state`. */
export function parseDomainStates(output: string): DomainState[] {
  const names = new Map<string, string>();
  const told = new Map<string, { state?: number; reason?: number }>();
  let current: { state?: number; reason?: number } = {};
  for (const line of output.split('\n')) {
    const [, uuid, listed] = /^\s*([0-9a-f-]{36})\s+(\S+)\s*$/.exec(line) ?? [];
    if (uuid !== undefined && listed?.startsWith(domainPrefix)) names.set(listed, uuid);
    const [, name] = /^Domain: '(.*)'$/.exec(line) ?? [];
    if (name !== undefined) told.set(name, (current = {}));
    const [, field, value] = /^\s*state\.(state|reason)=(-?\d+)$/.exec(line) ?? [];
    if (field === 'state' || field === 'reason') current[field] = Number(value);
  }
  return [...names].map(([name, uuid]) => ({ uuid, name, ...stateOf(told.get(name) ?? {}) }));
}

/** One that was listed and has no statistics ended in between, or is of a state that newer versions have. */
function stateOf({ state, reason = 0 }: { state?: number; reason?: number }) {
  const known = state === undefined ? undefined : states[state];
  const words = known === 'paused' ? pausedReasons : known === 'crashed' ? crashedReasons : [];
  return { state: known ?? ('running' as const), reason: words[reason] ?? null };
}
