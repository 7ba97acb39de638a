import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Progress } from '../../../src-main/contract/progress.ts';
import { checkTraceFile, createTrace } from '../../../src-main/lab/trace-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** The part of the Trace Event Format that is used, held strictly. */
const base = { ts: z.int().nonnegative(), pid: z.int(), tid: z.int() };
const traceSchema = z.strictObject({
  displayTimeUnit: z.enum(['ms', 'ns']),
  traceEvents: z.array(
    z.discriminatedUnion('ph', [
      z.strictObject({
        ph: z.literal('X'),
        name: z.string(),
        cat: z.string(),
        dur: z.int().nonnegative(),
        args: z.record(z.string(), z.string()),
        ...base,
      }),
      z.strictObject({
        ph: z.literal('M'),
        name: z.enum(['process_name', 'thread_name', 'thread_sort_index']),
        args: z.record(z.string(), z.union([z.string(), z.number()])),
        ...base,
      }),
    ]),
  ),
});

/** The steps of a trace, each with its thread's name, and the threads in their order. */
async function traceOf(events: readonly Partial<Progress>[]) {
  const file = path.join(temporaryFolder(), 'trace.json');
  const passedOn: Progress[] = [];
  const trace = createTrace((progress) => passedOn.push(progress));
  const told = events.map((event): Progress => {
    return { step: 'boot', title: 'Boot', state: 'running', ...event };
  });
  for (const progress of told) trace.onProgress(progress);
  await trace.write(file);
  await checkTraceFile(file); // May be replaced.
  expect(passedOn).toEqual(told);
  const { traceEvents } = traceSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const names = new Map(
    traceEvents.filter(({ name }) => name === 'thread_name').map(({ tid, args }) => [tid, args['name']]),
  );
  const steps = traceEvents
    .filter((event) => event.ph === 'X')
    .map((event) => ({ ...event, thread: names.get(event.tid) }));
  return { steps, threads: [...names.values()] };
}

let now = 0;

/** A clock that goes on by a millisecond whenever it is looked at: once by a new trace, then by each event. */
beforeEach(() => {
  now = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1));
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('createTrace', () => {
  it('keeps each step once, in the thread of its node, and those of no node in one of their own on top', async () => {
    const { steps, threads } = await traceOf([
      { node: 'rs1' },
      { node: 'rs2' },
      { node: 'rs1', fraction: 0.5 },
      { step: 'host', title: 'Look at this host' },
      { node: 'rs2', state: 'done' },
      { node: 'rs1', state: 'done', detail: 'as told last' },
      { step: 'host', title: 'Look at this host', state: 'done' },
    ]);
    expect(threads).toEqual(['the lab', 'rs1', 'rs2']);
    expect(steps.map(({ thread, name, args }) => [thread, name, args])).toEqual([
      ['the lab', 'Look at this host', { step: 'host', state: 'done' }],
      ['rs1', 'Boot', { step: 'boot', state: 'done', detail: 'as told last' }],
      ['rs2', 'Boot', { step: 'boot', state: 'done' }],
    ]);
  });

  it('marks a step that failed, and one that never ended', async () => {
    const { steps } = await traceOf([
      { node: 'rs1' },
      { node: 'rs2' },
      { node: 'rs1', state: 'failed', detail: 'It broke.' },
    ]);
    expect(steps).toMatchObject([
      { dur: 2000, args: { step: 'boot', state: 'failed', detail: 'It broke.' } },
      { dur: 2000, args: { step: 'boot', state: 'unfinished' } }, // Until the trace was written.
    ]);
  });

  it('knows the same step again when it is done twice', async () => {
    const { steps } = await traceOf([{}, { state: 'done' }, {}, { state: 'skipped' }]);
    expect(steps.map(({ args }) => args['state'])).toEqual(['done', 'skipped']);
  });

  it('takes from its end when a step began that was told only then, but not before the trace', async () => {
    const { steps } = await traceOf([{ state: 'done', milliseconds: 3_600_000 }]);
    expect(steps).toMatchObject([{ ts: 0 }]);
  });

  it('gives steps of one node that overlap further threads, where they nest', async () => {
    const { steps, threads } = await traceOf([
      { node: 'rs1', step: 'a' },
      { node: 'rs1', step: 'b' },
      { node: 'rs1', step: 'a', state: 'done' },
      { node: 'rs1', step: 'b', state: 'done' },
    ]);
    expect(threads).toEqual(['rs1', 'rs1 (2)']);
    expect(steps).toMatchObject([
      { thread: 'rs1', ts: 1000, dur: 2000, args: { step: 'a' } },
      { thread: 'rs1 (2)', ts: 2000, dur: 2000, args: { step: 'b' } },
    ]);
  });

  it('writes a trace of nothing', async () => {
    expect(await traceOf([])).toEqual({ steps: [], threads: [] });
  });
});

describe('checkTraceFile', () => {
  it('leaves any other file of the user alone', async () => {
    const file = path.join(temporaryFolder(), 'package.json');
    writeFileSync(file, '{"name":"theirs and long enough"}');
    await expect(checkTraceFile(file)).rejects.toMatchObject({ code: 'bad-input' });
    expect(readFileSync(file, 'utf8')).toContain('theirs');
  });

  it('refuses a folder, and a file in a folder that is not there', async () => {
    const folder = temporaryFolder();
    await expect(checkTraceFile(folder)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(checkTraceFile(path.join(folder, 'no', 'x'))).rejects.toMatchObject({ code: 'bad-input' });
  });
});
