import { filterProtocols, frameFilterSchema, type FrameFilter } from '../contract/frame-filter.ts';
import { LabError } from '../contract/lab-error.ts';

/** A filter while it is put together; what stands in it is checked by the schema at the end of each word. */
type Draft = Record<string, unknown>;

/** Words that stand alone, and what they put into the filter. */
const plainWords: Readonly<Record<string, FrameFilter>> = {
  ...Object.fromEntries(filterProtocols.map((protocol) => [protocol, { protocol }])),
  'arp.request': { arpOperation: 1 },
  'arp.reply': { arpOperation: 2 },
};

interface ValueWord {
  readonly condition: keyof FrameFilter;
  readonly wants: string;
  readonly read: (value: string) => unknown;
}

const ip = { wants: 'an IPv4 address', read: (value: string) => value };
const mac = {
  wants: 'a MAC address such as 52:54:00:12:34:56',
  read: (value: string) => value.toLowerCase(),
};
const byte = { wants: 'a number from 0 to 255', read: readNumber };
const word = { wants: 'a number from 0 to 65535', read: readNumber };

/** Words that take a value: `word=value`. */
const valueWords: Readonly<Record<string, ValueWord>> = {
  'arp.sender': { condition: 'arpSenderIp', ...ip },
  'arp.target': { condition: 'arpTargetIp', ...ip },
  'eth.src': { condition: 'sourceMac', ...mac },
  'eth.dst': { condition: 'destinationMac', ...mac },
  'ip.proto': { condition: 'ipProtocol', ...byte },
  'ip.src': { condition: 'source', ...ip },
  'ip.dst': { condition: 'destination', ...ip },
  port: { condition: 'port', ...word },
  'port.src': { condition: 'sourcePort', ...word },
  'port.dst': { condition: 'destinationPort', ...word },
  'icmp.type': { condition: 'icmpType', ...byte },
  'icmp.code': { condition: 'icmpCode', ...byte },
  'tcp.flags': {
    condition: 'tcpFlags',
    wants: 'flags such as syn,!ack out of syn, ack, fin, rst, psh, urg',
    read: readFlags,
  },
};

const innerPrefix = 'inner.';

/** What can be written in a filter, for help texts. */
export const frameFilterWords: readonly string[] = [
  ...Object.keys(plainWords),
  ...Object.keys(valueWords).map((name) => `${name}=`),
];

/**
 * Reads a filter out of words that must all hold: `arp.reply arp.sender=10.10.0.100`, `ip.proto=112`,
 * `icmp.type=3 icmp.code=4`, `tcp.flags=syn,!ack port.dst=80`. With `inner.` before it, a word is about the packet
 * inside: `ipip inner.ip.dst=10.10.0.100`.
 * @throws LabError `bad-input` naming the word that is wrong, and the known ones.
 */
export function parseFrameFilter(text: string): FrameFilter {
  const filter: Draft = {};
  const texts = text.split(/\s+/).filter(Boolean);
  if (texts.length === 0) throw wrong('A filter needs a word.');
  for (const item of texts) addWord(filter, item);
  return frameFilterSchema.parse(filter);
}

function addWord(filter: Draft, item: string): void {
  let target = filter;
  let rest = item;
  while (rest.startsWith(innerPrefix)) {
    target = (target['inner'] ??= {}) as Draft;
    rest = rest.slice(innerPrefix.length);
  }
  for (const [condition, value] of Object.entries(conditionOf(rest, item))) {
    if (condition in target) throw wrong(`'${item}' says again what another word of the filter says.`);
    target[condition] = value;
  }
}

function conditionOf(word: string, item: string): FrameFilter {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const plain = lookUp(plainWords, name);
  if (plain) {
    if (equals >= 0) throw wrong(`'${name}' in '${item}' takes no value.`);
    return plain;
  }
  const known = lookUp(valueWords, name);
  if (!known) throw wrong(`A filter has no word '${name}'${name === item ? '' : ` as in '${item}'`}.`);
  const condition = { [known.condition]: known.read(word.slice(equals + 1)) };
  const checked = frameFilterSchema.safeParse(condition);
  if (equals < 0 || !checked.success) throw wrong(`'${item}': ${name} takes ${known.wants}.`);
  return checked.data;
}

/** A word of ours, not one of JavaScript's own such as `constructor`. */
function lookUp<T>(words: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

function readNumber(value: string): unknown {
  return /^\d+$/.test(value) ? Number(value) : value;
}

function readFlags(value: string): unknown {
  return Object.fromEntries(value.split(',').map((flag) => [flag.replace(/^!/, ''), !flag.startsWith('!')]));
}

function wrong(message: string): LabError {
  return new LabError('bad-input', message, { remedy: `The words are: ${frameFilterWords.join(', ')}.` });
}
