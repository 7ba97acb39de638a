import { h } from 'hastscript';
import type { ComparedMode } from '../../../contract/comparison.ts';
import type { Report } from '../../model/report.ts';
import { bytes, count, duration, figure, milliseconds, percentOf } from '../../words/numbers.ts';
import { badge, code, flat, joined, type Content } from '../elements.ts';
import { failureName, named, type PageContext } from '../page-context.ts';
import { entryId } from '../section.ts';
import { claimBadge } from './claims.ts';
import { verdictKinds } from './run-promise.ts';

type Comparison = Report['comparisons'][number];

/** What is compared, a row each: its name, then what was measured of it in each case. Rows with nothing are left out. */
export function comparisonRows({ entries, madeOf }: Comparison, page: PageContext): Content[][] {
  const own = page.words.acts.comparisons;
  const row = (name: string, of: (entry: ComparedMode, index: number) => Content): Content[] => [
    name,
    ...entries.map(of),
  ];
  return [
    row(own.requests, ({ requests }) => count(requests)),
    row(own.failed, (entry) => failedOf(entry, page)),
    row(own.shares, (entry) => sharesOf(entry)),
    row(own.promise, (entry) => promiseOf(entry, page)),
    row(own.latency, ({ latencyMs: { p50, p95, p99 } }) => [p50, p95, p99].map(ms).join(' · ')),
    row(own.medians, ({ medianMs }) => medianMs.map(ms).join(' · ')),
    row(own.rate, ({ ratePerSecond }) =>
      ratePerSecond.map((n) => (n === null ? '–' : figure(n))).join(' · '),
    ),
    row(own.switched, ({ switchMs }) => switchMs.map(duration).join(' · ')),
    row(own.packets, ({ counters }) => own.inOut(count(counters.inPkts), count(counters.outPkts))),
    row(own.frames, ({ director }) => own.inOut(figure(director.inFrames), figure(director.outFrames))),
    row(own.bytes, ({ director }) => own.inOut(bytes(director.inBytes), bytes(director.outBytes))),
    row(own.added, ({ addedBytes }) => bytes(addedBytes)),
    row(own.mac, ({ answeredBy }) => joined(answeredBy.map(named), page.words.comma)),
    row(own.hops, ({ hops }) => own.thereBack(count(hops.request), count(hops.reply))),
    row(own.segments, (entry) => segmentsOf(entry, page)),
    row(own.vip, ({ vipOn }) => joined(vipOn.map(code), page.words.comma)),
    row(own.claims, (entry) => claimsOf(entry, page)),
    row(own.lost, ({ framesLost }) => (framesLost > 0 ? count(framesLost) : null)),
    row(own.madeOf, (_, index) => madeOfLinks(madeOf[index], page)),
  ].filter(([, ...cells]) => cells.some((cell) => flat(cell ?? null).length > 0));
}

function ms(value: number | null): string {
  return value === null ? '–' : milliseconds(value);
}

function list(items: readonly Content[]): Content {
  return items.length === 0
    ? null
    : h(
        'ul.plain',
        items.map((item) => h('li', ...flat(item))),
      );
}

function failedOf({ failed, failures }: ComparedMode, { words }: PageContext): Content {
  const kinds = Object.entries(failures).map(([kind, n]) => `${count(n)} ${failureName(kind, words)}`);
  return [count(failed), list(kinds)];
}

function sharesOf({ byServer, requests, failed }: ComparedMode): Content {
  return list(
    Object.entries(byServer).map(([server, n]) => [named(server), ` ${percentOf(n, requests - failed)}`]),
  );
}

function promiseOf({ promise }: ComparedMode, { words }: PageContext): Content {
  if (promise === null) return null;
  const known = Object.entries(words.promiseVerdicts).find(([verdict]) => verdict === promise.verdict);
  return badge(verdictKinds.get(promise.verdict) ?? 'open', known?.[1] ?? promise.verdict);
}

function segmentsOf({ perRequest }: ComparedMode, { words }: PageContext): Content {
  const of = ({ frames, bytes: size }: { frames: number; bytes: number }) =>
    words.acts.comparisons.framesAndBytes(figure(frames), bytes(size));
  return list(
    Object.entries(perRequest).map(([segment, sum]) => [named(segment), `${words.colon}${of(sum)}`]),
  );
}

function claimsOf({ claims }: ComparedMode, page: PageContext): Content {
  const verdicts = (['proved', 'refuted', 'not-shown'] as const)
    .map((verdict) => ({ verdict, n: claims.filter((claim) => claim.verdict === verdict).length }))
    .filter(({ n }) => n > 0);
  return list(verdicts.map(({ verdict, n }) => [`${count(n)} `, claimBadge(verdict, page)]));
}

function madeOfLinks(made: Comparison['madeOf'][number] | undefined, page: PageContext): Content {
  const { report, words } = page;
  const shown = new Set([...report.runs, ...report.observations].map(({ entry }) => entry));
  const ofAll = [...(made?.runs ?? []), ...(made?.observation ? [made.observation] : [])];
  const link = (entry: number) =>
    shown.has(entry)
      ? h('a', { href: `#${entryId(entry)}` }, words.acts.entry(entry))
      : words.acts.entry(entry);
  return joined(ofAll.map(link), words.comma);
}
