import { writeFile } from 'node:fs/promises';
import type { OnProgress, Progress } from '../contract/progress.ts';
import { checkOutputFile } from './output-file.ts';
import { inLanes, type Span } from './trace-lanes.ts';

/** Where every step's time is kept, for a waterfall of the whole. */
export interface Trace {
  /** Keeps each step, and passes it on. */
  readonly onProgress: OnProgress;
  /**
   * Writes what was kept up to now in the Trace Event Format (JSON object form), which https://ui.perfetto.dev and
   * chrome://tracing show: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
   * Each step is a complete event (`ph: "X"`, microseconds from the trace's start) in a thread named after its node;
   * `args` tell its state, `unfinished` where it has not ended, and what was said last. Events of one thread may nest
   * and not overlap otherwise (https://perfetto.dev/docs/faq), so where steps of a node do it has further threads.
   */
  readonly write: (file: string) => Promise<void>;
}

interface KeptStep {
  readonly progress: Progress;
  /** Milliseconds of `performance.now()`. */
  readonly start: number;
  readonly end?: number;
}

/** How every file begins that `write` has written. */
const head = '{"traceEvents":[';

/** The thread of the steps that belong to no node; no node can have this name. */
const labThread = 'the lab';

/** Events must name a process. */
const pid = 1;

/**
 * Makes sure that a trace can be written to a file; only an earlier trace there is replaced.
 * @throws LabError `bad-input`
 */
export function checkTraceFile(file: string): Promise<void> {
  return checkOutputFile(file, { contents: 'The trace', name: 'a trace', magic: Buffer.from(head) });
}

/** Begins to keep steps; its own start is the trace's. */
export function createTrace(onProgress: OnProgress): Trace {
  const began = performance.now();
  const ended: KeptStep[] = [];
  const open = new Map<string, KeptStep>();
  const keep = (progress: Progress) => {
    const now = performance.now();
    const key = JSON.stringify([progress.node, progress.step]);
    const start = open.get(key)?.start ?? now - (progress.milliseconds ?? 0);
    if (progress.state === 'running') open.set(key, { progress, start });
    else {
      open.delete(key);
      ended.push({ progress, start, end: now });
    }
  };
  return {
    onProgress: (progress) => {
      keep(progress);
      onProgress(progress);
    },
    write: async (file) => {
      const events = traceEvents([...ended, ...open.values()], began, performance.now());
      // One event a line, so that it can be searched without a viewer.
      const lines = events.map((event) => JSON.stringify(event)).join(',\n');
      await writeFile(file, `${head}\n${lines}\n],"displayTimeUnit":"ms"}\n`);
    },
  };
}

function traceEvents(steps: readonly KeptStep[], began: number, now: number): object[] {
  const microseconds = (time: number) => Math.max(0, Math.round((time - began) * 1000));
  const spans = steps
    .map(({ progress, start, end }) => ({
      progress: { ...progress, state: end === undefined ? 'unfinished' : progress.state },
      start: microseconds(start),
      end: microseconds(end ?? now),
    }))
    .sort((a, b) => a.start - b.start);
  // The lab's own steps on top, then the nodes as they began.
  const nodes = [...Map.groupBy(spans, ({ progress }) => progress.node)].sort(
    ([a], [b]) => Number(a !== undefined) - Number(b !== undefined),
  );
  const placed = nodes.flatMap(([node, spansOfNode]) =>
    inLanes(spansOfNode).map(({ span, lane }) => ({ span, thread: threadName(node, lane) })),
  );
  const threads = [...Map.groupBy(placed, ({ thread }) => thread)];
  return [
    metadata('process_name', 0, { name: 'LVS Lab' }),
    ...threads.flatMap(([name, events], index) => [
      metadata('thread_name', index + 1, { name }),
      metadata('thread_sort_index', index + 1, { sort_index: index + 1 }),
      ...events.map(({ span }) => stepEvent(span, index + 1)),
    ]),
  ];
}

function threadName(node: string | undefined, lane: number): string {
  return (node ?? labThread) + (lane === 0 ? '' : ` (${lane + 1})`);
}

function stepEvent(
  { progress, start, end }: Span & { progress: Omit<Progress, 'state'> & { state: string } },
  tid: number,
): object {
  const { title: name, step, state, detail } = progress;
  const args = { step, state, detail };
  return { name, cat: 'step', ph: 'X', ts: start, dur: end - start, pid, tid, args };
}

function metadata(name: string, tid: number, args: object): object {
  return { name, ph: 'M', ts: 0, pid, tid, args };
}
