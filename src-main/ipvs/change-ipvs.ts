import { z } from 'zod';
import type { IpvsTimeouts, Thresholds } from '../contract/ipvs.ts';
import type { ServiceChanges } from '../contract/service-changes.ts';
import { quote, timeoutSchema } from '../template/value-types.ts';
import { nameOf, optionOf, textOf, withOption, wordsOf, type RuleLine } from './rule-line.ts';
import {
  faultsOf,
  isFlagOf,
  parseSettings,
  serverChangesSchema,
  serviceChangesSchema,
} from './settings-schemas.ts';

/** A change of the director's table, each part a command line for the director's shell. */
export interface IpvsEdit {
  readonly command: string;
  /** Ends with 0 once the kernel has it. */
  readonly verify: string;
  /** Sets back what was there before. */
  readonly undo: string;
}

/** What can be changed of a virtual service. */
export type ServiceFields = Pick<
  ServiceChanges,
  'scheduler' | 'persistentSeconds' | 'netmask' | 'schedulerFlags'
>;

/**
 * Changes fields of a virtual service in place; connections that are open stay. `ipvsadm -E` sets everything anew (no -s
 * is wlc, no -p ends persistence), so it is given the service's own line with those fields changed. Flags of another
 * scheduler go with it, as netmask and persistence engine go with persistence.
 * @param line The service's, of `ipvsadm -Sn`.
 * @throws LabError 'bad-input' naming every value that is wrong, of those that are to be changed.
 */
export function editService(line: RuleLine, changes: ServiceFields): IpvsEdit {
  const refusal = 'The virtual service cannot be changed to this.';
  const asked = parseSettings(serviceChangesSchema, changes, refusal);
  const wanted = changedService(line, asked);
  faultsOf(asked, { scheduler: optionOf(wanted, '-s') ?? '', persistent: has(wanted, '-p') }, refusal);
  return {
    command: `ipvsadm -E ${wordsOf(wanted)}`,
    verify: `ipvsadm -Sn | grep -qxF -- ${quote(textOf(asListed(wanted)))}`,
    undo: `ipvsadm -E ${wordsOf(line)}`,
  };
}

/** A mask of one address is what persistence has by itself: ipvsadm does not print it. */
function asListed(line: RuleLine): RuleLine {
  return optionOf(line, '-M') === '255.255.255.255' ? withOption(line, '-M', null) : line;
}

function changedService(
  line: RuleLine,
  { scheduler, persistentSeconds, netmask, schedulerFlags }: ServiceFields,
): RuleLine {
  let wanted = line;
  const set = (option: string, value: string | number | null) => (wanted = withOption(wanted, option, value));
  if (scheduler !== undefined && scheduler !== optionOf(line, '-s')) {
    const kept = (optionOf(line, '-b') ?? '').split(',').filter((flag) => isFlagOf(flag, scheduler));
    set('-s', scheduler);
    set('-b', kept.join(',') || null);
  }
  if (schedulerFlags) set('-b', asPrinted(schedulerFlags).join(',') || null);
  if (persistentSeconds !== undefined) set('-p', persistentSeconds);
  if (persistentSeconds === null) for (const option of ['-M', '--pe']) set(option, null);
  if (netmask !== undefined) set('-M', netmask);
  return wanted;
}

/** ipvsadm prints flags by their bits: fallback is the first, port the second. */
function asPrinted(flags: readonly string[]): string[] {
  const bit = (flag: string) => (flag.endsWith('-fallback') ? 1 : flag.endsWith('-port') ? 2 : 3);
  return [...new Set(flags)].sort((a, b) => bit(a) - bit(b));
}

function has({ options }: RuleLine, name: string): boolean {
  return options.some(([option]) => option === name);
}

/** A real server's entry as the director has it. */
export interface ServerEntry {
  /** Of `ipvsadm -Sn`. */
  readonly line: RuleLine;
  /** It leaves them out: they stand in a listing of their own. */
  readonly thresholds: Thresholds;
}

/** What can be changed of a real server. */
export interface ServerFields {
  readonly weight?: number | undefined;
  readonly upper?: number | undefined;
  readonly lower?: number | undefined;
}

/**
 * Changes fields of a real server in place. `ipvsadm -e` sets everything anew (no -w is weight 1, no method is -g, no
 * --tun-type is IPIP), so it is given the server's own line with those fields changed.
 * @throws LabError 'bad-input' naming every value that is wrong, of those that are to be changed.
 */
export function editServer({ line, thresholds }: ServerEntry, changes: ServerFields): IpvsEdit {
  const refusal = 'The real server cannot be changed to this.';
  const {
    weight,
    upper = thresholds.upper,
    lower = thresholds.lower,
  } = parseSettings(serverChangesSchema(thresholds), changes, refusal);
  const wanted = weight === undefined ? line : withOption(line, '-w', weight);
  const command = (to: RuleLine, { upper, lower }: Thresholds) =>
    `ipvsadm -e ${wordsOf(to)} -x ${upper} -y ${lower}`;
  const after = { upper, lower };
  return {
    command: command(wanted, after),
    verify: serverCheck(wanted, after),
    undo: command(line, thresholds),
  };
}

function serverCheck(line: RuleLine, { upper, lower }: Thresholds): string {
  const columns = `$1 == "->" && $2 == "${optionOf(line, '-r') ?? ''}" && $3 == ${upper} && $4 == ${lower}`;
  return [
    `ipvsadm -Sn | grep -qxF -- ${quote(textOf(line))}`,
    `ipvsadm -Ln --thresholds ${nameOf(line)} | awk '${columns} { found = 1 } END { exit !found }'`,
  ].join(' && ');
}

/**
 * Sets how long idle connections are kept, in seconds; what is not given stays. A connection that is there keeps the time
 * it was given until its next packet.
 * @throws LabError 'bad-input' naming every value that is wrong.
 */
export function setTimeouts(current: IpvsTimeouts, changes: Partial<IpvsTimeouts>): IpvsEdit {
  const schema = z.object({ tcp: timeoutSchema, tcpFin: timeoutSchema, udp: timeoutSchema });
  const wanted = parseSettings(schema, { ...current, ...changes }, 'The timeouts cannot be set to this.');
  const words = ({ tcp, tcpFin, udp }: IpvsTimeouts) => `${tcp} ${tcpFin} ${udp}`;
  return {
    command: `ipvsadm --set ${words(wanted)}`,
    verify: `ipvsadm -L --timeout | grep -qxF 'Timeout (tcp tcpfin udp): ${words(wanted)}'`,
    undo: `ipvsadm --set ${words(current)}`,
  };
}
