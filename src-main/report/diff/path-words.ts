/** What a value is called in its list: by what tells it from its neighbours. */
interface Names {
  /** For people: `run of entry 3`. */
  readonly words: string;
  /** Tells it from the others of its list. */
  readonly key: string;
}

/** What an element of these lists is called. */
const elements: Readonly<Record<string, string>> = {
  runs: 'run',
  setUps: 'set-up',
  observations: 'observation',
  switches: 'switch of mode',
  comparisons: 'comparison',
  drills: 'health drill',
  changes: 'change',
  claims: 'claim',
  explanations: 'explanation',
  remarks: 'remark',
  entries: 'case',
  hops: 'frame',
  vipClaims: 'claim of the VIP in frame',
  vipQuestions: 'question for the VIP in frame',
  nodes: 'node',
  nics: 'NIC',
  segments: 'segment',
  steps: 'step',
  commands: 'command',
  attachments: 'file',
  servers: 'server',
  seconds: 'second',
  latencies: 'latencies from',
  sequence: 'reply in order',
  counts: 'count of',
  moves: 'cable of',
  notMeasured: 'not measured',
};

/** Names of values that would not read well taken apart. */
const values: Readonly<Record<string, string>> = {
  at: 'time',
  bySource: 'answers by client address',
  byServer: 'answers by server',
  conns: 'connections',
  inPkts: 'packets in',
  outPkts: 'packets out',
  latencyMs: 'latency',
  madeOf: 'what it is made of',
  medianMs: 'median latency',
  sequence: 'replies in order',
  ms: 'milliseconds',
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
  pValue: 'p-value',
  ratePerSecond: 'requests a second',
  sha256: 'SHA-256',
  switchMs: 'time of the switch',
  tablesAfter: 'ipvsadm tables after it',
  tablesBefore: 'ipvsadm tables before it',
  vipOn: 'where the VIP is',
  why: 'reason',
  writtenAt: 'time of writing',
};

/** Values whose members are called by names of the lab's own things, not by words of ours. */
export const named: readonly string[] = [
  ...['byServer', 'bySource', 'failures', 'guests', 'programs', 'options', 'modes', 'perRequest', 'values'],
];

/** What a value is called: `latencyMs` is its latency. A name that is not ours, such as a server's, stays as it is. */
export function valueWords(key: string, known: boolean): string {
  if (!known) return `“${key}”`;
  return values[key] ?? key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Whether the elements of a list have a name by which they are known without it: a run is one of the runs. */
export function isNamedList(list: string): boolean {
  return Object.hasOwn(elements, list);
}

/** What an element of a list is called; by its place, from 1, where nothing else tells it from the others. */
export function elementWords(list: string, element: unknown, index: number): Names {
  const kind = elements[list] ?? 'item';
  const own = ownName(element);
  if (own === undefined) return { words: `${kind} ${index + 1}`, key: `#${index}` };
  return { words: `${kind} ${own}`, key: own };
}

/** Members of which an element's name is made, the first of these that it has. */
const nameParts: readonly (readonly [members: readonly string[], words: (...values: string[]) => string])[] =
  [
    [['entry'], (entry) => `of entry ${entry}`],
    [['kind', 'node', 'cause'], (kind, node) => `“${kind}” of ${node}`],
    [['kind', 'node', 'words'], (kind, node) => `“${kind}” of ${node}`],
    [['node', 'id'], (node, id) => `“${id}” of ${node}`],
    [['node', 'nic'], (node, nic) => `${node} ${nic}`],
    [['mode', 'scheduler'], (mode, scheduler) => `${mode} with ${scheduler}`],
    ...['id', 'sequence', 'name', 'file', 'second', 'fromMs'].map(
      (member) => [[member], (value: string) => value] as const,
    ),
  ];

function ownName(element: unknown): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined;
  const has = (member: string) => Object.hasOwn(element, member);
  const found = nameParts.find(([members]) => members.every(has));
  if (!found) return undefined;
  const [members, words] = found;
  return words(...members.map((member) => text((element as Readonly<Record<string, unknown>>)[member])));
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** A place in a value, in words: as far as it leads, by names. */
export function pathWords(value: unknown, path: readonly PropertyKey[]): string {
  const words: string[] = [];
  let [at, list] = [value, ''];
  for (const key of path) {
    const inside =
      typeof at === 'object' && at !== null ? (at as Readonly<Record<PropertyKey, unknown>>)[key] : undefined;
    if (typeof key !== 'number') words.push(valueWords(String(key), !named.includes(list)));
    else words.splice(isNamedList(list) ? -1 : words.length, 1, elementWords(list, inside, key).words);
    [at, list] = [inside, String(key)];
  }
  return words.join(', ') || 'all of it';
}
