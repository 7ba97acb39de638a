import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import packageJson from '../../../../package.json' with { type: 'json' };
import { summariseFolder, type SummaryRow } from '../../../../src-main/report/summary/summarise-folder.ts';
import { summaryCsv } from '../../../../src-main/report/summary/summary-csv.ts';
import { summaryHtml } from '../../../../src-main/report/summary/summary-html.ts';
import { submissionOf } from '../../../../src-main/report/verify/submissions.ts';
import { describeReportSummary } from '../../../../src-main/shell/terminal/describe-report-summary.ts';
import { scratchFolder } from '../../../support/scratch-folder.ts';
import { edit, filesOf, forge, pack, writeHandmadeBundle, type Files } from '../verify/bundle-files.ts';

const scratch = scratchFolder();
const ofMoodle = (name: string, id: number) => `${name}_${id}_assignsubmission_file_`;
const [ada, grace, linus, ken] = [
  ofMoodle('Ada Lovelace', 12345),
  ofMoodle('Grace_O’Höpper', 12346),
  ofMoodle('李雷', 12347),
  ofMoodle('Ken T', 12348),
];
/** What a platform gives for download, by its name there. */
let download: [string, Buffer][];

beforeAll(async () => {
  const there = (name: string) => path.join(scratch.path, name);
  await writeHandmadeBundle(there('one.zip'), 'en', 2);
  const one = await filesOf(there('one.zip'));
  const changed = async (change: (files: Files) => void, prefix = '') => {
    const files: Files = new Map(one);
    change(files);
    await pack(
      [...files].map(([file, content]) => [prefix + file, content] as const),
      there('changed.zip'),
    );
    return { files, zip: readFileSync(there('changed.zip')) };
  };
  const { files, zip } = await changed(
    forge((report) => void (report.product.version = packageJson.version)),
  );
  const tampered = await changed(
    edit('report.md', (text) => text.replace('600', '700')),
    'demo/',
  );
  download = [
    [`${ada}/demo-report.zip`, zip],
    [`${ada}/essay.docx`, Buffer.from('x')],
    ['Ada Lovelace_12345_assignsubmission_onlinetext_/onlinetext.html', Buffer.from('<p>Here it is</p>')],
    ...[...files].map(([file, content]): [string, Buffer] => [`${grace}/my lab/${file}`, content]),
    [`${grace}/__MACOSX/._my lab`, Buffer.from('x')],
    [`${linus}/again.zip`, tampered.zip],
    [`${ken}/sorry.docx`, Buffer.from('x')],
    ['lovelaceada_LATE_22222_33333_demo-report-1.zip', zip],
    ['index.html', Buffer.from('<p>The platform’s own list</p>')],
  ];
});
afterAll(scratch.remove);

function asFolder(): string {
  const folder = path.join(scratch.path, 'folder');
  for (const [file, content] of download) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
  return folder;
}

async function zipOf(files: readonly (readonly [string, Buffer])[], name: string): Promise<string> {
  const zip = new ZipFile();
  for (const [file, content] of files) zip.addBuffer(content, file);
  zip.end();
  const to = path.join(scratch.path, name);
  await pipeline(zip.outputStream, createWriteStream(to));
  return to;
}

const adas = `${ada}/demo-report.zip`;
const graces = `${grace}/my lab`;
const late = 'lovelaceada_LATE_22222_33333_demo-report-1.zip';
const expected = [
  [adas, 'Ada Lovelace', 'holds'],
  [graces, 'Grace_O’Höpper', 'holds'],
  [ken, 'Ken T', 'does-not-hold'],
  [late, 'lovelaceada', 'holds'],
  [`${linus}/again.zip`, '李雷', 'does-not-hold'],
];
const told = (rows: readonly SummaryRow[], prefix = '') =>
  rows
    .map(({ file, student, outcome }) => [file.slice(prefix.length), student, outcome])
    .sort(([a = ''], [b = '']) => ((a ?? '') < (b ?? '') ? -1 : 1));
const inOrder = expected.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));

describe('what a learning platform gives for download', () => {
  it('is a row for each submission, with the name of who handed it in', async () => {
    const rows = await summariseFolder(asFolder());
    expect(told(rows)).toEqual(inOrder);
    const row = (file: string) => rows.find((each) => each.file === file);
    expect(row(adas)).toMatchObject({ copies: [graces, late], sameAs: [graces, late, `${linus}/again.zip`] });
    expect(row(ken)).toMatchObject({ findings: 1, firstFinding: expect.stringContaining(ken) as string });
    expect(row(`${linus}/again.zip`)).toMatchObject({
      firstFinding: 'report.md: its content, against the manifest',
    });
  });

  it('is the same as one zip, also one in a zip', async () => {
    const all = await zipOf(download, 'all.zip');
    expect(told(await summariseFolder(all))).toEqual(inOrder);
    const nested = await zipOf([['week 3/all.zip', readFileSync(all)]], 'nested.zip');
    const rows = await summariseFolder(nested);
    expect(told(rows, 'week 3/all.zip/')).toEqual(inOrder);
    expect(rows[0]?.packing).toContainEqual({ kind: 'in-zip', zips: ['nested.zip', 'all.zip'] });
  });

  it('is the same as a folder of zips, one a submission', async () => {
    const folder = path.join(scratch.path, 'by-zip');
    mkdirSync(folder);
    const byStudent = Map.groupBy(download, ([file]) => file.split('/')[0] ?? '');
    for (const name of [ada, grace]) {
      const files = (byStudent.get(name) ?? []).map(
        ([file, content]) => [file.slice(name.length + 1), content] as const,
      );
      await zipOf(files, path.join('by-zip', `${name}.zip`));
    }
    expect(told(await summariseFolder(folder))).toEqual([
      [`${ada}.zip/demo-report.zip`, 'Ada Lovelace', 'holds'],
      [`${grace}.zip`, 'Grace_O’Höpper', 'holds'],
    ]);
  });

  it('is told in the terminal, as a page and for a spreadsheet', async () => {
    const rows = await summariseFolder(asFolder());
    const words = describeReportSummary(rows);
    expect(words).toMatch(/^FILE +HANDED IN BY +AUTHOR/);
    expect(words).toContain(`${adas} is the very same report as ${graces}, ${late}`);
    expect(words).toContain(`${graces}: It is unpacked: a folder with the files of a bundle.`);
    expect(words).toContain('Nothing in the submission is a report of LVS Lab.');
    expect(summaryHtml(rows, 'ja')).toContain('<bdi>李雷</bdi>');
    expect(summaryHtml(rows, 'zh-CN')).toContain('提交人');
    const table = parse<Record<string, string>>(summaryCsv(rows), { columns: true, bom: true });
    expect(table.find(({ file }) => file === adas)).toMatchObject({
      student: 'Ada Lovelace',
      copy_of: `${graces}; ${late}`,
    });
  });
});

describe('the name of who handed a file in', () => {
  it.each([
    ['Ada Lovelace_12345_assignsubmission_file_/a.zip', 'Ada Lovelace'],
    ['Ada Lovelace_12345_assignsubmission_file/a.zip', 'Ada Lovelace'],
    ['Group B-Ada King_7_assignsubmission_file_a_b.zip', 'Group B-Ada King'],
    ['Participant_12345_assignsubmission_file_/x/y/a.html', 'Participant'],
    ['name_12345_67890_file.zip', 'name'],
    ['all/lovelaceada_LATE_123_456_demo-report-2.zip', 'lovelaceada'],
    ['Homework 3_alovelace_attempt_2024-01-05-12-30-45_a.zip', 'alovelace'],
    ['12345-67890 - Ada Lovelace - Jan 5, 2024 930 AM/a.zip', 'Ada Lovelace'],
    ['Exercise/Lovelace_Ada_alovelace_12345/20240105_a.zip', 'Lovelace Ada alovelace'],
  ])('is in %s', (file, student) => {
    expect(submissionOf(file)?.student).toBe(student);
  });

  it('has all files of one in Canvas, where each has a number of its own', () => {
    const keys = ['67890_web-report.zip', '67891_notes.docx'].map(
      (rest) => submissionOf(`lovelaceada_12345_${rest}`)?.key,
    );
    expect(new Set(keys).size).toBe(1);
  });

  it.each([
    'VID_20240105_123456_001.mp4',
    'web_dr_data_01/a.zip',
    'demo-report.zip',
    'ada/page.html',
    'week_3/a.zip',
    'lab_2_final_2026/a.zip',
    'runs/12.csv',
  ])('is not in %s', (file) => {
    expect(submissionOf(file)).toBeUndefined();
  });
});
