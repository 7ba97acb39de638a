import type { Element } from 'hast';
import { promisedShares } from '../figures/promised-shares.ts';
import type { ReportedRun } from '../model/run.ts';
import { count, percent } from '../words/numbers.ts';
import type { Words } from '../words/words.ts';
import { ticksTo } from './charts/scale.ts';
import { serverKey } from './charts/server-key.ts';
import { serversOf } from './charts/servers-of.ts';
import { serverClass } from './server-colors.ts';
import { box, group, line, picture, text } from './svg.ts';

const [width, rowHeight, top] = [720, 28, 4];
const bars = { from: 136, to: 482 };

interface Share {
  readonly name: string;
  readonly count: number;
  /** Parts of 1; null where nothing answered, and where nothing was promised. */
  readonly share: number | null;
  readonly due: number | null;
}

/** How often each server answered as a bar, with a mark where its promised share is. @returns null without samples. */
export function shareChart(run: ReportedRun, words: Words): Element | null {
  const servers = serversOf(run);
  const rows = sharesOf(run, servers);
  if (rows.length === 0) return null;
  const ticks = ticksTo(100 * Math.max(...rows.flatMap(({ share, due }) => [share ?? 0, due ?? 0])));
  const xOf = (share: number) => bars.from + ((100 * share) / (ticks.at(-1) ?? 100)) * (bars.to - bars.from);
  const bottom = top + rows.length * rowHeight;
  const told = rows.map(({ name, count: n }) => `${name || words.unnamed} ${count(n)}`).join(words.comma);
  return picture(
    'chart',
    { width, height: bottom + 18, name: `${words.pictures.shares}${words.colon}${told}` },
    ticks.flatMap((tick) => {
      const x = xOf(tick / 100);
      const name = text(`${tick}%`, { x, y: bottom + 13, kind: 'tick', anchor: 'middle' });
      return [line([x, top], [x, bottom], tick === 0 ? 'axis' : 'grid'), name];
    }),
    rows.map((row, at) => drawRow(row, { y: top + (at + 0.5) * rowHeight, xOf }, servers, words)),
  );
}

function sharesOf(run: ReportedRun, servers: readonly string[]): Share[] {
  if (run.figures === null) return [];
  const { byServer, unattributed, requests, failed } = run.figures;
  const answered = requests - failed;
  const promised = promisedShares(run);
  // Nobody known has no name.
  return (unattributed > 0 ? [...servers, ''] : servers).map((name) => {
    const n = name === '' ? unattributed : (byServer[name] ?? 0);
    const due = promised && (promised.get(name) ?? 0);
    return { name, count: n, share: answered > 0 ? n / answered : null, due };
  });
}

function drawRow(
  { name, count: n, share, due }: Share,
  { y, xOf }: { y: number; xOf: (share: number) => number },
  servers: readonly string[],
  words: Words,
): Element {
  const at = { y: y + 4, anchor: 'end' } as const;
  return group(
    serverClass(servers, name),
    serverKey(servers, name, 0, y),
    text(name || words.unnamed, { x: 26, y: y + 4, room: { width: 104, size: 11, letters: 'sans' } }),
    box({ x: bars.from, y: y - 8, width: xOf(share ?? 0) - bars.from, height: 16 }, 'bar'),
    text(count(n), { ...at, x: 548 }),
    text(share === null ? '–' : percent(share), { ...at, x: 602, kind: 'strong' }),
    due === null ? [] : dueMark(xOf(due), y),
    due === null ? [] : [text(words.pictures.due(percent(due)), { ...at, x: width, kind: 'soft' })],
  );
}

/** With a rim, so that it stands out on bars too. */
function dueMark(x: number, y: number): Element[] {
  return [line([x, y - 11], [x, y + 11], 'due'), line([x, y - 11], [x, y + 11], 'due-mark')];
}
