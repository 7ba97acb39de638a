import { z } from 'zod';
import type { Forwarding, IpvsTimeouts, ServiceSettings } from '../contract/ipvs.ts';
import { quote, timeoutSchema } from '../template/value-types.ts';
import {
  isFlagOf,
  parseSettings,
  serverSettingsSchema,
  serviceNameSchema,
  settingsSchema,
  type ServerSettings,
} from './settings-schemas.ts';

export type { ServerSettings } from './settings-schemas.ts';

/** A change of the director's table, each part a command line for the director's shell. */
export interface IpvsEdit {
  readonly command: string;
  /** Ends with 0 once the kernel has it. */
  readonly verify: string;
  /** Sets back what was there before. */
  readonly undo: string;
}

/**
 * Changes a virtual service in place; connections that are open stay. `ipvsadm -E` sets everything anew (no -s is wlc, no
 * -p ends persistence), so what is not changed is given again from `current`. Flags of another scheduler are dropped with
 * it, as netmask and persistence engine are with persistence.
 * @throws LabError 'bad-input' naming every value that is wrong.
 */
export function editService(
  current: ServiceSettings,
  changes: Partial<Omit<ServiceSettings, 'protocol' | 'address'>>,
): IpvsEdit {
  const kept = { ...current };
  if (changes.scheduler !== undefined) {
    const { scheduler } = changes;
    kept.schedulerFlags = current.schedulerFlags.filter((flag) => isFlagOf(flag, scheduler));
  }
  if (changes.persistentSeconds === null) [kept.netmask, kept.persistenceEngine] = [null, null];
  const wanted = { ...kept, ...changes };
  const words = serviceWords(
    parseSettings(settingsSchema, wanted, 'The virtual service cannot be changed to this.'),
  );
  return {
    command: `ipvsadm -E ${words}`,
    verify: `ipvsadm -Sn | grep -qxF -- ${quote(`-A ${words}`)}`,
    undo: `ipvsadm -E ${serviceWords(current)}`,
  };
}

const serviceOptions = { tcp: '-t', udp: '-u', sctp: '--sctp-service', fwmark: '-f' } as const;

/** In the words and the order in which `ipvsadm -Sn` prints them. */
function serviceWords(service: ServiceSettings): string {
  const { protocol, address, scheduler, persistentSeconds, netmask, persistenceEngine } = service;
  return [
    serviceOptions[protocol],
    quote(address),
    `-s ${quote(scheduler)}`,
    ...(persistentSeconds === null ? [] : [`-p ${persistentSeconds}`]),
    ...(netmask === null ? [] : [`-M ${quote(netmask)}`]),
    ...(persistenceEngine === null ? [] : [`--pe ${quote(persistenceEngine)}`]),
    ...(service.onePacket ? ['-o'] : []),
    ...(service.schedulerFlags.length === 0
      ? []
      : [`-b ${quote(service.schedulerFlags.toSorted().join(','))}`]),
  ].join(' ');
}

/** ipvsadm has no option for Local: the kernel makes it of any method where the address is the director's own. */
const forwardingOptions: Readonly<Record<Forwarding, string>> = {
  nat: '-m',
  dr: '-g',
  tun: '-i',
  local: '-g',
};

/**
 * Changes a real server in place. `ipvsadm -e` sets everything anew (no -w is weight 1, no method is -g), so what is not
 * changed is given again from `current`. Tunnels of another kind than IPIP are not kept.
 * @throws LabError 'bad-input' naming every value that is wrong.
 */
export function editServer(
  service: Pick<ServiceSettings, 'protocol' | 'address'>,
  current: ServerSettings,
  changes: Partial<Pick<ServerSettings, 'weight' | 'upper' | 'lower'>>,
): IpvsEdit {
  const refusal = 'The real server cannot be changed to this.';
  const { protocol, address } = parseSettings(serviceNameSchema, service, refusal);
  const wanted = parseSettings(serverSettingsSchema, { ...current, ...changes }, refusal);
  const of = `${serviceOptions[protocol]} ${quote(address)}`;
  return {
    command: serverCommand(of, wanted),
    verify: serverCheck(of, wanted),
    undo: serverCommand(of, current),
  };
}

function serverCommand(of: string, { address, forwarding, weight, upper, lower }: ServerSettings): string {
  return `ipvsadm -e ${of} -r ${quote(address)} ${forwardingOptions[forwarding]} -w ${weight} -x ${upper} -y ${lower}`;
}

/** `ipvsadm -Sn` leaves the thresholds out: they stand in a listing of their own. */
function serverCheck(of: string, { address, weight, upper, lower }: ServerSettings): string {
  const check = (listing: string, columns: string) =>
    `ipvsadm -Ln ${listing}${of} | awk '$1 == "->" && $2 == "${address}" && ${columns} { found = 1 } END { exit !found }'`;
  return `${check('', `$4 == ${weight}`)} && ${check('--thresholds ', `$3 == ${upper} && $4 == ${lower}`)}`;
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
