import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { samplesFile } from '../../../../src-main/report/bundle/layout.ts';
import { readBundle } from '../../../../src-main/report/bundle/read-bundle.ts';
import { samplesOfCsv } from '../../../../src-main/report/bundle/samples-csv.ts';
import { writeBundle } from '../../../../src-main/report/bundle/write-bundle.ts';
import { reportSchema, type Report } from '../../../../src-main/report/model/report.ts';
import type { ReportSource } from '../../../../src-main/report/report-source.ts';
import { handmadeReport, handmadeSource } from '../../../support/report-source.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let [report, source, file]: [Report, ReportSource, string] = [] as never;

beforeEach(async () => {
  [report, source] = [await handmadeReport(), await handmadeSource()];
  file = path.join(temporaryFolder(), 'b.zip');
});

describe('writeBundle', () => {
  it('has the report in every form, and all that it is computed from', async () => {
    await writeBundle(report, source, file, { force: false });
    await using bundle = await readBundle(file);
    const names = bundle.files.map((each) => each.file);
    for (const name of [
      'README.txt',
      'report.html',
      'report.md',
      'report.json',
      'report.schema.json',
      'manifest.json',
    ])
      expect(names).toContain(name);
    for (const attachment of report.attachments) expect(names).toContain(attachment.file);
    for (const mode of ['nat', 'dr', 'tun']) expect(names).toContain(`scripts/${mode}/director.sh`);
    expect(new Set(names).size).toBe(names.length);
    const model: unknown = JSON.parse((await bundle.read('report.json')).toString());
    expect(reportSchema.parse(model)).toEqual(report);
  });

  it('has every sample as it was kept', async () => {
    await writeBundle(report, source, file, { force: false });
    await using bundle = await readBundle(file);
    for (const { entry, figures } of report.runs) {
      if (!figures) continue;
      const [written, kept] = [
        await flat(samplesOfCsv(await bundle.stream(samplesFile(entry)))),
        await flat(source.samples(entry)),
      ];
      expect(written).toEqual(kept);
      expect(written).toHaveLength(figures.requests);
    }
  });

  it('has what a comparison is made of, where the loads themselves are left out', async () => {
    const compared = await handmadeReport({ parts: ['comparisons'] });
    expect(compared.runs).toEqual([]);
    const parts = compared.comparisons.flatMap(({ madeOf }) => madeOf);
    const wanted = parts.flatMap(({ runs, observation }) => [
      ...runs.map(samplesFile),
      `captures/${observation}.pcapng`,
    ]);
    expect(wanted.length).toBeGreaterThan(5);
    await writeBundle(compared, source, file, { force: false });
    await using bundle = await readBundle(file);
    expect(bundle.files.map((each) => each.file)).toEqual(expect.arrayContaining(wanted));
  });

  it('is not written where the samples are no more what the report was made of', async () => {
    const changed: ReportSource = {
      ...source,
      async *samples(entry) {
        for await (const columns of source.samples(entry))
          yield { ...columns, totalMs: columns.totalMs.map((ms) => ms + 1) };
      },
    };
    await expect(writeBundle(report, changed, file, { force: false })).rejects.toMatchObject({
      code: 'lab-busy',
    });
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });

  it('leaves nothing when it is cancelled', async () => {
    const controller = new AbortController();
    const slow: ReportSource = {
      ...source,
      async *samples(entry) {
        controller.abort();
        yield* source.samples(entry);
      },
    };
    await expect(
      writeBundle(report, slow, file, { force: false, signal: controller.signal }),
    ).rejects.toThrow(/abort/i);
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });

  it('does not replace a file without being told to', async () => {
    writeFileSync(file, 'mine');
    await expect(writeBundle(report, source, file, { force: false })).rejects.toMatchObject({
      code: 'already-exists',
    });
    await writeBundle(report, source, file, { force: true });
    await using bundle = await readBundle(file);
    expect(bundle.files.length).toBeGreaterThan(10);
  });
});

async function flat(samples: ReturnType<ReportSource['samples']>): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const { number, arrivedMs, totalMs, server, failure, source: address } of samples)
    for (const [at, each] of number.entries())
      rows.push([each, arrivedMs[at], totalMs[at], server[at], failure[at], address[at]]);
  return rows;
}
