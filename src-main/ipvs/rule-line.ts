import type { IpvsProtocol, IpvsSnapshot, ServiceSettings, Thresholds } from '../contract/ipvs.ts';
import { quote } from '../template/value-types.ts';

/**
 * A line of `ipvsadm -Sn`: a virtual service, or one of its real servers, with every option it has, also those that are
 * not known here. It is what edits start from: `ipvsadm -E` and `-e` set all anew, so a field that is not given again is
 * lost.
 */
export interface RuleLine {
  readonly verb: '-A' | '-a';
  /** Each option with the words behind it, in the order in which ipvsadm prints them. */
  readonly options: readonly (readonly [string, ...string[]])[];
}

const protocols: Readonly<Record<string, IpvsProtocol>> = {
  '-t': 'tcp',
  '-u': 'udp',
  '--sctp-service': 'sctp',
  '-f': 'fwmark',
};

/** ipvsadm 1.27 prints one-packet scheduling as a bare word that it does not take back. */
const onePacketWord = 'ops';

/** The lines of the listing; what is none is passed over. */
export function ruleLinesOf(rules: string): RuleLine[] {
  return rules.split('\n').flatMap((text) => parseRuleLine(text) ?? []);
}

function parseRuleLine(text: string): RuleLine | undefined {
  const [verb, ...words] = text.trim().split(/\s+/);
  if (verb !== '-A' && verb !== '-a') return undefined;
  const options: [string, ...string[]][] = [];
  for (const word of words) {
    if (word.startsWith('-') || word === onePacketWord) options.push([word]);
    else options.at(-1)?.push(word);
  }
  return { verb, options };
}

/** The line of a virtual service, or of one of its real servers. */
export function findRule(
  lines: readonly RuleLine[],
  { protocol, address }: Pick<ServiceSettings, 'protocol' | 'address'>,
  server?: string,
): RuleLine | undefined {
  return lines.find(
    (line) =>
      line.verb === (server === undefined ? '-A' : '-a') &&
      serviceName(line) === `${protocol} ${address}` &&
      optionOf(line, '-r') === server,
  );
}

/** `tcp VIP:80`, or `fwmark 7 IPv6`. */
function serviceName({ options }: RuleLine): string {
  const [name = '', address = ''] = options.find(([option]) => option in protocols) ?? [];
  const ipv6 = options.some(([option]) => option === '-6') ? ' IPv6' : '';
  return `${protocols[name] ?? ''} ${address}${ipv6}`;
}

/** The word behind an option; undefined for an option that is not there. */
export function optionOf({ options }: RuleLine, name: string): string | undefined {
  return options.find(([option]) => option === name)?.[1];
}

/** In which `ipvsadm -Sn` prints a service's options. */
const order = ['-s', '-p', '-M', '--pe', '-o', onePacketWord, '-b'];

/** The line with another word behind an option, or with it where it was not; null takes it out. */
export function withOption(line: RuleLine, name: string, value: string | number | null): RuleLine {
  const options = line.options.filter(([option]) => option !== name);
  if (value === null) return { ...line, options };
  const was = line.options.findIndex(([option]) => option === name);
  const later = order.slice(order.indexOf(name) + 1);
  const next = options.findIndex(([option]) => later.includes(option));
  const at = was >= 0 ? was : next >= 0 ? next : options.length;
  return { ...line, options: options.toSpliced(at, 0, [name, String(value)]) };
}

/** The options that name what the line is of, as ipvsadm takes them; for `-L` without the server. */
export function nameOf({ options }: RuleLine): string {
  return words(options.filter(([option]) => option in protocols || option === '-6'));
}

/** As `ipvsadm -Sn` prints it behind its verb, and as a shell takes it. */
export function wordsOf({ options }: RuleLine): string {
  return words(options);
}

/** The very line. */
export function textOf({ verb, options }: RuleLine): string {
  return [verb, ...options.flat()].join(' ');
}

function words(options: RuleLine['options']): string {
  return options
    .flat()
    .map((word) => quote(word === onePacketWord ? '-o' : word))
    .join(' ');
}

/** The lines of a director's table with what `ipvsadm -Sn` leaves out: real servers' thresholds. */
export function tableLines({ rules, services }: Pick<IpvsSnapshot, 'rules' | 'services'>): string {
  const bounds = new Map<string, Thresholds | null>(
    services.flatMap(({ protocol, address, servers }) =>
      servers.map((server) => [`${protocol} ${address} ${server.address}`, server.thresholds] as const),
    ),
  );
  return ruleLinesOf(rules)
    .map((line) => {
      const { upper, lower } = bounds.get(`${serviceName(line)} ${optionOf(line, '-r') ?? ''}`) ?? noBounds;
      return textOf(line) + (upper > 0 || lower > 0 ? ` -x ${upper} -y ${lower}` : '');
    })
    .join('\n');
}

const noBounds = { upper: 0, lower: 0 };
