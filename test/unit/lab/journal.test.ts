import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SampleColumns } from '../../../src-main/contract/journal.ts';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import { journalStart, keepInJournal, readJournal, readSamples } from '../../../src-main/lab/journal.ts';
import type { WorkOptions } from '../../../src-main/lab/lab-context.ts';
import type { OwnedLab } from '../../../src-main/lab/owned-lab.ts';
import { toColumns } from '../../../src-main/lab/sample-columns.ts';
import type { SetUp } from '../../../src-main/plan/set-up.ts';
import type { Sample } from '../../../src-main/traffic/sample.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const load: ControlRequest = { verb: 'load', load: { requests: 5, concurrency: 1 } };
const reset: ControlRequest = { verb: 'reset' };

function someLab() {
  const dataFolder = temporaryFolder();
  const folder = path.join(dataFolder, 'labs', 'one');
  mkdirSync(folder, { recursive: true });
  const plan = {
    ...{ name: 'one', template: 'three-modes', mode: 'dr', options: { quiet: 'arptables' } },
    service: { scheduler: 'wrr' },
  };
  const record = { plan, createdAt: '2026-01-02T03:04:05.000Z' };
  const lab = { context: { dataFolder }, record } as unknown as OwnedLab; // The journal looks at no more.
  return { lab, dataFolder, folder, journal: path.join(folder, 'journal') };
}

function working(onEvent?: (event: unknown) => void) {
  const controller = new AbortController();
  return { controller, work: { onProgress: () => undefined, onEvent, signal: controller.signal } };
}

function samples(first: number, count: number): Sample[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{
      number: first + index,
      server: 'rs1',
      handedTo: 'rs1',
      page: 'rs1',
      httpStatus: 200,
      failure: null,
      connectMs: 1,
    },
    ...{ totalMs: 2.5, sourcePort: 40_000, sourceAddress: '10.10.0.200', arrivedMs: first + index },
  }));
}

async function samplesOf(dataFolder: string, entry: number) {
  const read: SampleColumns[] = [];
  await readSamples(dataFolder, 'one', entry, (columns) => read.push(columns));
  return read;
}

describe('keepInJournal', () => {
  it('keeps what was asked and what came of it, for its user alone', async () => {
    const { lab, dataFolder, journal } = someLab();
    const { work } = working();
    const request: ControlRequest = { verb: 'switch', mode: 'nat' };
    const moved = await keepInJournal(lab, request, work, async () => ({ moved: 3 }));
    expect(moved).toEqual({ result: { moved: 3 }, entry: 1 });
    expect((await keepInJournal(lab, reset, work, async () => undefined)).result).toBeUndefined();
    const entries = await readJournal(dataFolder, 'one');
    expect(entries).toMatchObject([
      { id: 1, mode: 'dr', verb: 'switch', request, result: { moved: 3 }, error: null, samples: 0 },
      { id: 2, verb: 'reset', result: null, error: null },
    ]);
    expect(Date.parse(entries[0]?.at ?? '')).toBeGreaterThan(Date.parse('2026-01-01'));
    expect(readdirSync(journal)).toEqual(['1.json', '2.json']);
    expect(statSync(path.join(journal, '1.json')).mode & 0o777).toBe(0o600);
  });

  it('keeps failures, and throws them on', async () => {
    const { lab, dataFolder } = someLab();
    const { controller, work } = working();
    const failure = new LabError('recipe-failed', 'It failed.', { node: 'rs1', why: 'of age' });
    await expect(keepInJournal(lab, reset, work, () => Promise.reject(failure))).rejects.toBe(failure);
    const stopping = keepInJournal(lab, reset, work, () => {
      controller.abort();
      return Promise.reject(new Error('aborted'));
    });
    await expect(stopping).rejects.toThrow('aborted');
    expect(await readJournal(dataFolder, 'one')).toMatchObject([
      { result: null, error: failure.toInfo() },
      { result: null, error: { code: 'cancelled' } },
    ]);
  });

  it('keeps the samples of a load, 100,000 of them too, and passes them on', async () => {
    const { lab, dataFolder, journal } = someLab();
    let heard = 0;
    const { work } = working((event) => {
      heard += (event as SampleColumns).number.length;
    });
    await keepInJournal(lab, load, work, async ({ onEvent }) => {
      for (let from = 0; from < 100_000; from += 50) onEvent?.(toColumns(samples(from + 1, 50), from));
    });
    expect(heard).toBe(100_000);
    expect(await readJournal(dataFolder, 'one')).toMatchObject([{ id: 1, samples: 100_000 }]);
    const read = await samplesOf(dataFolder, 1);
    expect(read).toHaveLength(50);
    expect(read.map(({ from }) => from)).toEqual(read.map((_, index) => index * 2000));
    expect(read.flatMap(({ number }) => number)).toEqual(Array.from({ length: 100_000 }, (_, n) => n + 1));
    expect(statSync(path.join(journal, '1.samples.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('keeps what a verb hands over beside its entry, whose number is its own', async () => {
    const { lab, journal } = someLab();
    const { work } = working();
    const setUp = { revision: 1, sealed: false, steps: [] } as unknown as SetUp;
    const act = async ({ keep }: WorkOptions) => keep?.({ kind: 'set-up', setUp });
    const entries = await Promise.all([reset, reset].map((each) => keepInJournal(lab, each, work, act)));
    expect(entries.map(({ entry }) => entry)).toEqual([1, 2]);
    expect(readdirSync(journal)).toEqual(['1.json', '1.set-up.json', '2.json', '2.set-up.json']);
    expect(JSON.parse(readFileSync(path.join(journal, '2.set-up.json'), 'utf8'))).toEqual(setUp);
  });

  it('keeps of a result what it is told to', async () => {
    const { lab, dataFolder } = someLab();
    const { work } = working();
    const act = async () => ({ all: [1, 2, 3] });
    const { result } = await keepInJournal(lab, reset, work, act, ({ all }) => all.length);
    expect(result).toEqual({ all: [1, 2, 3] });
    expect(await readJournal(dataFolder, 'one')).toMatchObject([{ result: 3 }]);
  });

  it('keeps the samples that a cancelled load had', async () => {
    const { lab, dataFolder } = someLab();
    const { work } = working();
    const cancelled = new LabError('cancelled', 'Cancelled.');
    const failing = keepInJournal(lab, load, work, ({ onEvent }) => {
      onEvent?.(toColumns(samples(1, 3), 0));
      return Promise.reject(cancelled);
    });
    await expect(failing).rejects.toBe(cancelled);
    expect(await readJournal(dataFolder, 'one')).toMatchObject([
      { samples: 3, error: { code: 'cancelled' } },
    ]);
    expect(await samplesOf(dataFolder, 1)).toEqual([toColumns(samples(1, 3), 0)]);
  });

  it('changes nothing for a verb when it cannot be written', async () => {
    const { lab, dataFolder, folder, journal } = someLab();
    const { work } = working();
    writeFileSync(journal, 'a file where the folder should be');
    const carryOut = () =>
      keepInJournal(lab, load, work, async ({ onEvent }) => {
        onEvent?.(toColumns(samples(1, 3), 0));
        return 'done';
      });
    expect((await carryOut()).result).toBe('done');
    expect(await readJournal(dataFolder, 'one')).toEqual([]);
    rmSync(folder, { recursive: true });
    expect((await carryOut()).result).toBe('done');
    expect(readdirSync(path.dirname(folder))).toEqual([]);
  });
});

describe('journalStart', () => {
  it('keeps how the lab was started', async () => {
    const { lab, dataFolder } = someLab();
    await journalStart(lab, 4000, []);
    const options = { quiet: 'arptables' };
    expect(await readJournal(dataFolder, 'one')).toEqual([
      {
        ...{ id: 1, at: '2026-01-02T03:04:05.000Z', milliseconds: 4000, mode: 'dr', verb: 'start' },
        request: { verb: 'start', template: 'three-modes', mode: 'dr', scheduler: 'wrr', options },
        ...{ result: null, error: null, samples: 0 },
      },
    ]);
  });
});

describe('readJournal', () => {
  it('passes over what is broken or of another version, whose number is not given again', async () => {
    const { lab, dataFolder, journal } = someLab();
    const { work } = working();
    for (let count = 0; count < 10; count++) await keepInJournal(lab, reset, work, async () => count);
    writeFileSync(path.join(journal, '2.json'), '{"revision":1,"entry":{"id"');
    writeFileSync(path.join(journal, '11.json'), '{"revision":2,"entry":{}}');
    writeFileSync(path.join(journal, 'notes.json'), '{}');
    writeFileSync(path.join(journal, '12.samples.jsonl'), '');
    await keepInJournal(lab, reset, work, async () => 'next');
    const entries = await readJournal(dataFolder, 'one');
    expect(entries.map(({ id }) => id)).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10, 13]);
  });

  it('is empty for a lab that is not there', async () => {
    expect(await readJournal(temporaryFolder(), 'none')).toEqual([]);
  });
});

describe('readSamples', () => {
  it('has none of an entry without, passes over a line that was cut, and names an entry that is not there', async () => {
    const { lab, dataFolder, journal } = someLab();
    const { work } = working();
    await keepInJournal(lab, load, work, async () => 'none');
    expect(await samplesOf(dataFolder, 1)).toEqual([]);
    const line = JSON.stringify(toColumns(samples(1, 2), 0));
    writeFileSync(path.join(journal, '1.samples.jsonl'), `${line}\n${line.slice(0, 40)}`);
    expect(await samplesOf(dataFolder, 1)).toHaveLength(1);
    await expect(samplesOf(dataFolder, 2)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('ends with its signal', async () => {
    const { lab, dataFolder } = someLab();
    const { controller, work } = working();
    await keepInJournal(lab, load, work, async ({ onEvent }) => {
      for (let from = 0; from < 8000; from += 2000) onEvent?.(toColumns(samples(from + 1, 2000), from));
    });
    const read: number[] = [];
    await readSamples(
      dataFolder,
      'one',
      1,
      ({ from }) => {
        read.push(from);
        controller.abort();
      },
      controller.signal,
    );
    expect(read).toEqual([0]);
  });
});
