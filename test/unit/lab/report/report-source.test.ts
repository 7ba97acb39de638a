import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SampleColumns } from '../../../../src-main/contract/journal.ts';
import type { LabFacts } from '../../../../src-main/contract/lab-facts.ts';
import { writeFacts } from '../../../../src-main/lab/facts/kept-facts.ts';
import { addToJournal, keepInJournal } from '../../../../src-main/lab/journal.ts';
import type { LabContext } from '../../../../src-main/lab/lab-context.ts';
import { labFolder, writeRecord, type LabRecord } from '../../../../src-main/lab/lab-record.ts';
import type { OwnedLab } from '../../../../src-main/lab/owned-lab.ts';
import { readReportDetails, writeReportDetails } from '../../../../src-main/lab/report/report-details.ts';
import { reportSource } from '../../../../src-main/lab/report/report-source.ts';
import { setUpOf } from '../../../../src-main/lab/set-up-of.ts';
import { draftPlan } from '../../../../src-main/plan/draft-plan.ts';
import { loadTemplate } from '../../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../../src-main/template/templates-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** A lab that is down: what is kept of it is all there is. */
async function keptLab() {
  const template = await loadTemplate(templatesFolder(), 'three-modes');
  const plan = { ...draftPlan(template, { mode: 'dr' }), name: 'one' };
  const dataFolder = temporaryFolder();
  const record: LabRecord = {
    ...{ revision: 2, state: 'suspended', verb: null, failure: null, plan, image: 'none', warm: [] },
    ...{ createdAt: '2026-01-02T03:04:05.000Z', owner: { pid: 1, startTime: 'let go' } },
    ...{ access: { user: 'root', keyPath: '' }, hostKeys: {}, applied: [], impairments: {} },
  };
  mkdirSync(labFolder(dataFolder, 'one'), { recursive: true });
  await writeRecord(dataFolder, record);
  // Of the rest nothing is asked.
  const context = { dataFolder, templatesFolder: templatesFolder() } as LabContext;
  const lab = { context, record } as unknown as OwnedLab;
  return { context, dataFolder, plan, record, lab };
}

const facts: LabFacts = {
  host: {
    ...{ system: 'Debian', kernel: '6.1', processor: 'AMD', processors: 2, memoryMiB: 4096 },
    ...{ libvirt: '9.0.0', qemu: '7.2', accelerator: 'tcg', node: '24.0.0' },
  },
  guests: { rs1: { system: 'Debian', kernel: '6.1', programs: { nginx: '1.22' }, ipvs: null } },
};

describe('reportSource', () => {
  it('hands over what is kept of a lab that is down', async () => {
    const { context, dataFolder, plan, record, lab } = await keptLab();
    const controller = new AbortController();
    const work = { onProgress: () => undefined, signal: controller.signal };
    const setUp = setUpOf(record, [], false);
    await keepInJournal(lab, { verb: 'switch', mode: 'dr' }, work, async ({ keep }) => {
      keep?.({ kind: 'set-up', setUp });
      return { from: 'nat', to: 'dr' };
    });
    const columns = {
      from: 0,
      number: [1],
      arrivedMs: [2],
      totalMs: [1],
      server: ['rs1'],
      failure: [null],
      source: [null],
      ...{ page: ['rs1'], handedTo: ['rs1'], sourcePort: [null] },
    };
    await keepInJournal(lab, { verb: 'load' }, work, async ({ onEvent }) => onEvent?.(columns));
    const request = { verb: 'compare', madeOf: [{ runs: [2], observation: null }] };
    await addToJournal(lab, {
      at: record.createdAt,
      milliseconds: 5,
      mode: 'dr',
      request,
      result: { rounds: 1 },
    });
    await writeFacts(dataFolder, 'one', facts);

    const source = await reportSource(context, 'one');
    expect(source).toMatchObject({
      plan,
      createdAt: record.createdAt,
      facts,
      template: { name: 'three-modes' },
    });
    expect(source.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(Object.keys(source.modes)).toEqual(['dr', 'nat', 'tun']);
    expect(source.entries).toMatchObject([
      { id: 1, verb: 'switch', result: { to: 'dr' } },
      { id: 2, verb: 'load', samples: 1 },
      { id: 3, verb: 'compare', request, result: { rounds: 1 }, error: null },
    ]);
    expect(await source.setUp(1)).toEqual(setUp);
    const samples: SampleColumns[] = [];
    for await (const some of source.samples(2)) samples.push(some);
    expect(samples).toEqual([columns]);
    expect(await source.evidence(2)).toBeUndefined();
    expect(await source.capture(2)).toBeUndefined();
    expect((await source.scripts('nat')).map(({ name }) => name)).toContain('director.sh');
  });

  it('does without the template, and names a lab that is not there', async () => {
    const { context } = await keptLab();
    await writeFacts(context.dataFolder, 'one', facts);
    const source = await reportSource({ ...context, templatesFolder: temporaryFolder() }, 'one');
    expect(source).toMatchObject({ template: { title: { en: 'three-modes' } }, modes: {} });
    expect(await source.scripts('dr')).toEqual([]);
    await expect(reportSource(context, 'none')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('report details', () => {
  it('are kept with the lab, and empty before and where they are broken', async () => {
    const { context, dataFolder } = await keptLab();
    const empty = { title: null, author: null, notes: '' };
    expect(await readReportDetails(dataFolder, 'one')).toEqual(empty);
    const details = { title: 'Ours', author: 'Ada', notes: '# What we saw\n<b>' };
    await writeReportDetails(dataFolder, 'one', details);
    await writeFacts(dataFolder, 'one', facts);
    expect((await reportSource(context, 'one')).details).toEqual(details);
    const file = path.join(labFolder(dataFolder, 'one'), 'report.json');
    writeFileSync(file, '{"title":5}');
    expect(await readReportDetails(dataFolder, 'one')).toEqual(empty);
    rmSync(labFolder(dataFolder, 'one'), { recursive: true });
    await expect(writeReportDetails(dataFolder, 'one', details)).rejects.toMatchObject({ code: 'not-found' });
  });
});
