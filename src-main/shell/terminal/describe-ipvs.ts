import { stripVTControlCharacters, styleText } from 'node:util';
import type { IpvsChanges, IpvsService, IpvsSnapshot, RowChange } from '../../contract/ipvs.ts';
import { describeSettings, describeTimeouts } from './describe-service.ts';
import { table } from './table.ts';

/** As many connections as are shown by default. */
const mostShown = 20;

export interface IpvsLook {
  /** Marked in what is shown; null where nothing was read before. */
  readonly changes?: IpvsChanges | null;
  /** As many lines as may be shown. */
  readonly most?: number;
}

/** All that the director's kernel tells, as tables. `names` are the real servers' by their `RIP:port`. */
export function describeIpvs(
  snapshot: IpvsSnapshot,
  names: Readonly<Record<string, string>>,
  { changes = null, most }: IpvsLook = {},
): string {
  const marks = marksOf(changes);
  const { services, timeouts } = snapshot;
  const lines = [
    ...services.flatMap((service) => describeTable(service, names, marks)),
    ...(services.length === 0 ? ['The director has no virtual service.', ''] : []),
    `Idle connections are kept for ${describeTimeouts(timeouts)}. ${ageOfCounters(snapshot)}`,
    '',
  ].flatMap((block) => block.split('\n'));
  const room = most === undefined ? mostShown : Math.max(0, most - lines.length - 2);
  const all = [...lines, ...describeConnections(snapshot, marks, Math.min(room, mostShown))];
  return (most === undefined ? all : all.slice(0, most)).join('\n');
}

type Marks = ReadonlyMap<string, ReadonlySet<string> | 'row'>;

/** By row: the fields that changed, or the whole row where it is new. */
function marksOf(changes: IpvsChanges | null): Marks {
  const rows = changes ? [...changes.services, ...changes.servers, ...changes.connections] : [];
  return new Map(
    rows.map(({ key, change, fields }) => [
      key,
      change === 'added' ? 'row' : new Set(fields.map(({ field }) => field)),
    ]),
  );
}

type Cell = readonly [field: string, text: string];

/** Widths are counted without the marks, so these are put in afterwards. */
function markedTable(
  head: readonly string[],
  rows: readonly { readonly key: string; readonly cells: readonly Cell[] }[],
  marks: Marks,
): string[] {
  const [first = '', ...plain] = table(
    head,
    rows.map(({ cells }) => cells.map(([, text]) => text)),
  ).split('\n');
  const marked = plain.map((line, index) => {
    const row = rows[index];
    const mark = row && marks.get(row.key);
    return row && mark ? markLine(line, row.cells, mark) : line;
  });
  return [styleText('dim', first), ...marked];
}

function markLine(line: string, cells: readonly Cell[], mark: ReadonlySet<string> | 'row'): string {
  if (mark === 'row') return styleText('inverse', line);
  let [done, from] = ['', 0];
  for (const [field, text] of cells) {
    if (text === '') continue;
    const at = line.indexOf(text, from);
    done += line.slice(from, at) + (mark.has(field) ? styleText(['bold', 'inverse'], text) : text);
    from = at + text.length;
  }
  return done + line.slice(from);
}

const figures = ['conns', 'inPkts', 'outPkts', 'inBytes', 'outBytes'] as const;

function describeTable(
  service: IpvsService,
  names: Readonly<Record<string, string>>,
  marks: Marks,
): string[] {
  const key = `${service.protocol} ${service.address}`;
  const own = { key, cells: [['', 'all'], ...blanks(4), ...figureCells(service)] satisfies Cell[] };
  const servers = service.servers.map((server) => ({
    key: `${key} ${server.address}`,
    cells: [
      ['', `${names[server.address] ?? ''} ${server.address}`.trim()],
      ['forwarding', server.forwarding],
      ['weight', String(server.weight)],
      ['activeConnections', String(server.activeConnections)],
      ['inactiveConnections', String(server.inactiveConnections)],
      ...figureCells(server),
    ] satisfies Cell[],
  }));
  const head = ['REAL SERVER', 'BY', 'WEIGHT', 'ACTIVE', 'INACTIVE', 'CONNS', 'IN PKTS', 'OUT PKTS'];
  const rates = ['IN BYTES', 'OUT BYTES', 'CONNS/s', 'IN PKTS/s', 'OUT PKTS/s', 'IN B/s', 'OUT B/s'];
  const title = describeSettings(service);
  return [
    marks.has(key) && changedSettings(marks.get(key))
      ? styleText('inverse', title)
      : styleText('bold', title),
    ...markedTable([...head, ...rates], [...servers, own], marks),
    '',
  ];
}

function changedSettings(mark: ReadonlySet<string> | 'row' | undefined): boolean {
  return mark === 'row' || [...(mark ?? [])].some((field) => !/^(counters|rates)\./.test(field));
}

function blanks(count: number): Cell[] {
  return Array.from({ length: count }, (): Cell => ['', '']);
}

function figureCells({ counters, rates }: Pick<IpvsService, 'counters' | 'rates'>): Cell[] {
  return [
    ...figures.map((figure): Cell => [`counters.${figure}`, String(counters?.[figure] ?? '-')]),
    ...figures.map((figure): Cell => [`rates.${figure}`, String(rates?.[figure] ?? '-')]),
  ];
}

function describeConnections(snapshot: IpvsSnapshot, marks: Marks, room: number): string[] {
  const { connections, connectionsCut } = snapshot;
  const count = `${connections.length}${connectionsCut ? ' and more' : ''} connections`;
  if (connections.length === 0 || room === 0) return [`${count}.`];
  const rows = connections.slice(0, room).map((connection) => ({
    key: `${connection.protocol} ${connection.source} ${connection.virtual}`,
    cells: [
      ['', connection.source],
      ['', connection.virtual],
      ['destination', connection.destination],
      ['state', connection.template ? 'persistence' : connection.state],
      ['', `${connection.expireSeconds} s`],
    ] satisfies Cell[],
  }));
  const more = connections.length > room ? [`… the first ${room} of ${count}.`] : [];
  return [...markedTable(['CLIENT', 'VIRTUAL', 'REAL SERVER', 'STATE', 'LEFT'], rows, marks), ...more];
}

/** The kernel sums its counters every 2 s: they may be older than the read. */
function ageOfCounters({ readAt, countersAsOf: { notBefore } }: IpvsSnapshot): string {
  return `Counters are at most ${((readAt - notBefore) / 1000).toFixed(1)} s old.`;
}

/** What changed, a row a line, for where nothing can be drawn over. */
export function describeChanges(changes: IpvsChanges): string[] {
  return Object.values(changes).flatMap((rows: readonly RowChange[]) =>
    rows.map(({ change, key, fields }) => {
      const words = fields.map(({ field, from, to }) => `${field} ${String(from)} -> ${String(to)}`);
      return stripVTControlCharacters([change, key, words.join(', ')].filter(Boolean).join(' '));
    }),
  );
}
