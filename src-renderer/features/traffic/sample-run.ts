import type { SampleColumns } from '../../../src-main/contract/journal.ts';
import { createLoadSpan, type LoadSpan } from '../../../src-main/contract/load-figures.ts';

/**
 * The requests of one load, as columns that grow by doubling: 100,000 of them stay a few arrays and no objects.
 * The nth of each column belongs to the nth request that ended.
 */
export interface SampleRun {
  count: number;
  /** Samples that the page was too slow for, or that are not kept. */
  missed: number;
  number: Uint32Array;
  /** Milliseconds since the load's first request began; never goes down. */
  arrivedMs: Float64Array;
  totalMs: Float64Array;
  /** The machine that answered: a place in `servers`, from 1; 0 when it failed, or no frame shows who answered. */
  server: Uint8Array;
  /** A place in `kinds`, from 1; 0 when it was answered. */
  failure: Uint8Array;
  /** How long it has taken so far. */
  readonly span: LoadSpan;
  readonly servers: string[];
  readonly kinds: string[];
  /** Answered requests by place in `servers`, and failed ones by place in `kinds`. */
  readonly byServer: number[];
  readonly byKind: number[];
}

/** Places are bytes. */
const mostNames = 255;

export function createRun(room = 1024): SampleRun {
  return {
    ...{ count: 0, missed: 0, servers: [], kinds: [], byServer: [], byKind: [] },
    span: createLoadSpan(),
    number: new Uint32Array(room),
    arrivedMs: new Float64Array(room),
    totalMs: new Float64Array(room),
    server: new Uint8Array(room),
    failure: new Uint8Array(room),
  };
}

/** Adds what was told of a load. What the run has already is passed over: a stream that broke begins anew. */
export function addSamples(run: SampleRun, columns: SampleColumns): void {
  const known = run.count + run.missed;
  if (columns.from > known) run.missed += columns.from - known;
  const first = Math.max(0, known - columns.from);
  grow(run, run.count + Math.max(0, columns.number.length - first));
  for (let index = first; index < columns.number.length; index += 1) addSample(run, columns, index);
}

function addSample(run: SampleRun, columns: SampleColumns, index: number): void {
  const failure = columns.failure[index] ?? null;
  const server = failure === null ? (columns.server[index] ?? null) : null;
  const before = run.count === 0 ? 0 : (run.arrivedMs[run.count - 1] ?? 0);
  run.number[run.count] = columns.number[index] ?? 0;
  run.arrivedMs[run.count] = Math.max(before, columns.arrivedMs[index] ?? 0);
  run.totalMs[run.count] = columns.totalMs[index] ?? 0;
  run.span.add({ arrivedMs: columns.arrivedMs[index] ?? 0, totalMs: columns.totalMs[index] ?? 0 });
  run.server[run.count] = countOne(run.servers, run.byServer, server);
  run.failure[run.count] = countOne(run.kinds, run.byKind, failure);
  run.count += 1;
}

/** @returns the name's place, from 1; 0 for none. */
function countOne(names: string[], counts: number[], name: string | null): number {
  if (name === null) return 0;
  let place = names.indexOf(name);
  if (place === -1) {
    if (names.length === mostNames) return 0;
    place = names.push(name) - 1;
  }
  counts[place] = (counts[place] ?? 0) + 1;
  return place + 1;
}

function grow(run: SampleRun, needed: number): void {
  const room = run.number.length;
  if (needed <= room) return;
  const more = Math.max(needed, room * 2);
  run.number = copyInto(new Uint32Array(more), run.number);
  run.arrivedMs = copyInto(new Float64Array(more), run.arrivedMs);
  run.totalMs = copyInto(new Float64Array(more), run.totalMs);
  run.server = copyInto(new Uint8Array(more), run.server);
  run.failure = copyInto(new Uint8Array(more), run.failure);
}

function copyInto<T extends { set: (values: T) => void }>(target: T, values: T): T {
  target.set(values);
  return target;
}

/** Counts by name, in the order in which a reader expects the names. */
export function countsOf(names: readonly string[], counts: readonly number[]): Record<string, number> {
  return inOrder(Object.fromEntries(names.map((name, index) => [name, counts[index] ?? 0])));
}

/** `rs2` before `rs10`. */
export function inOrder(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
  );
}

/** Milliseconds of the answered requests between two places, ascending. */
export function sortedLatencies(run: SampleRun, from = 0, to = run.count): Float64Array {
  const values = new Float64Array(to - from);
  let answered = 0;
  for (let index = from; index < to; index += 1) {
    if (run.failure[index] === 0) values[answered++] = run.totalMs[index] ?? 0;
  }
  return values.subarray(0, answered).sort();
}
