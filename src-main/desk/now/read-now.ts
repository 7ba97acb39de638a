import type { NodeNow } from '../../contract/lab-now.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';

/** What one telling of `nowScript` says; settings with every value it knows. */
export type ToldNow = Omit<NodeNow, 'answers' | 'settings' | 'listens'> & {
  /** The ports, of those that were asked about. */
  readonly listens: readonly number[];
  readonly settings: ReadonlyMap<string, string>;
};

interface Hears {
  readonly onNow: (told: ToldNow) => void;
  /** The director's table is another than before. */
  readonly onTable: () => void;
}

/** Reads what `nowScript` prints, in pieces of any size. @returns what takes the next piece. */
export function createNowReader({ onNow, onTable }: Hears): (piece: string) => void {
  let rest = '';
  let telling: string[] | undefined;
  const take = (line: string): void => {
    if (line === '@@table') onTable();
    else if (line === '@@now') telling = [];
    else if (line === '@@end' && telling) {
      onNow(readTelling(telling));
      telling = undefined;
    } else telling?.push(line);
  };
  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  };
}

/** `2: eth0    inet 10.10.0.11/24 brd …`, as `ip -o -4 address` prints it. */
const addressLine = /^\d+: (\S+)\s+inet (\S+)/;
/** `2: eth0: <BROADCAST,UP> …`, `5: tunl0@NONE: <NOARP,UP> …`, as `ip -o link` prints it. */
const linkLine = /^\d+: ([^:@\s]+)(?:@\S+)?: <([^>]*)>/;

const unitLine = /^unit (\S+)$/;
const listensLine = /^listens (.*)$/;
const settingLine = /^set ([^=]+)=(.*)$/;

/** Reads the lines of one telling; what it does not know is passed over. */
export function readTelling(lines: readonly string[]): ToldNow {
  const matches = (pattern: RegExp) => lines.flatMap((line) => [pattern.exec(line)?.slice(1) ?? []]);
  const addresses = matches(addressLine).flatMap(([nic, address]) =>
    nic === undefined || address === undefined ? [] : [{ nic, address: withLength(address) }],
  );
  return {
    addresses: addresses.filter(({ nic, address }) => nic !== 'mgmt' && !address.startsWith('127.')),
    down: matches(linkLine).flatMap(([nic, flags]) =>
      nic === undefined || flags?.split(',').includes('UP') !== false ? [] : [nic],
    ),
    services: matches(unitLine).flatMap(([unit]) => unit ?? []),
    listens: matches(listensLine).flatMap(([ports]) => (ports ?? '').split(' ').filter(Boolean).map(Number)),
    settings: new Map(
      matches(settingLine).flatMap(([name, value]) =>
        name === undefined || value === undefined ? [] : [[name, value.trim()] as const],
      ),
    ),
  };
}

/** An address without a length is one host's: a tunnel's with a peer, such as `10.10.0.100/32`, has it told. */
function withLength(address: string): string {
  return address.includes('/') ? address : `${address}/32`;
}

/**
 * What a node has, held against what its mode asks for.
 * @param wanted Kernel settings by name, as `wantedSysctls` tells them; the port that real servers are asked at.
 */
export function nodeNow(
  { role, nics }: Pick<NodePlan, 'role' | 'nics'>,
  { settings, listens, addresses, down, services }: ToldNow,
  wanted: { readonly settings: ReadonlyMap<string, string>; readonly port: number },
): NodeNow {
  const used = new Set([...nics, ...addresses.map(({ nic: name }) => ({ name }))].map(({ name }) => name));
  return {
    ...{ answers: true, addresses, services },
    down: down.filter((nic) => used.has(nic)),
    listens: role === 'real-server' ? listens.includes(wanted.port) : null,
    settings: [...wanted.settings].flatMap(([name, want]) => {
      const value = settings.get(name) ?? '';
      return value === want ? [] : [{ name, value, wanted: want }];
    }),
  };
}
