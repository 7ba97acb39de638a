import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyReport } from '../../../../src-main/report/verify/verify-report.ts';
import { scratchFolder } from '../../../support/scratch-folder.ts';
import {
  edit,
  filesOf,
  forge,
  modelOf,
  pack,
  rewrite,
  seal,
  version,
  writeHandmadeBundle,
  type Files,
} from './bundle-files.ts';
import { careless } from './tamperings/careless.ts';
import { forged } from './tamperings/forged.ts';
import { leaves } from './tamperings/leaves.ts';
import { sealed } from './tamperings/sealed.ts';

const scratch = scratchFolder();
const whole = path.join(scratch.path, 'whole.zip');
let untouched: Files;

beforeAll(async () => {
  await writeHandmadeBundle(whole);
  untouched = await filesOf(whole);
});
afterAll(scratch.remove);

const tamperings = { careless, sealed, forged, leaves };

let count = 0;

/** Packs the bundle with something changed, and verifies it. */
async function verifyChanged(change: (files: Files) => void) {
  const files: Files = new Map(untouched);
  change(files);
  return verifyFiles(files);
}

/** As a zip has it that unpacks into more than anyone has: every entry says that it has 4 GiB. */
function swell(zip: Buffer): Buffer {
  const entry = Buffer.from('PK\x01\x02', 'latin1');
  for (let at = zip.indexOf(entry); at !== -1; at = zip.indexOf(entry, at + 1))
    zip.writeUInt32LE(0xfffffffe, at + 24);
  return zip;
}

async function verifyFiles(files: Iterable<readonly [string, Buffer]>) {
  const file = path.join(scratch.path, `${++count}.zip`);
  await pack(files, file);
  return verifyReport(file, { version });
}

describe('a bundle that nobody changed', () => {
  it.each(['en', 'zh-CN', 'ja'] as const)('holds, in %s', async (language) => {
    const file = path.join(scratch.path, `${language}.zip`);
    await writeHandmadeBundle(file, language);
    const { outcome, findings, report, checked } = await verifyReport(file, { version });
    expect(findings).toEqual([]);
    expect(outcome).toBe('holds');
    expect(report).toMatchObject({ lab: 'demo', language, product: 'LVS Lab 1.0.0' });
    expect(checked).toContain('All figures were computed anew from the samples, of loads: 10.');
    expect(checked.join('\n')).toMatch(/judged anew .* of observations: 5/);
  });

  it('holds when it was packed again, in another order', async () => {
    const { outcome, findings } = await verifyFiles([...untouched].reverse());
    expect(findings).toEqual([]);
    expect(outcome).toBe('holds');
  });

  it('holds when a forger changes nothing: the tests write forms as the program does', async () => {
    const { findings } = await verifyChanged(rewrite);
    expect(findings).toEqual([]);
  });

  it.each([2, 9, 15, 17, 20, 31])('holds when it is of entry %i alone', async (only) => {
    const file = path.join(scratch.path, `entry-${only}.zip`);
    await writeHandmadeBundle(file, 'en', only);
    const { outcome, findings } = await verifyReport(file, { version });
    expect(findings).toEqual([]);
    expect(outcome).toBe('holds');
  });

  it.each([1, 2])('judges no claims anew that were judged by the rules of revision %i', async (revision) => {
    const { outcome, findings, unchecked } = await verifyChanged((files) => {
      edit('evidence/3.json', (json) => json.replace('"revision": 3', `"revision": ${revision}`))(files);
      rewrite(files);
    });
    expect(findings).toEqual([]);
    expect(outcome).toBe('holds');
    expect(unchecked.join('\n')).toMatch(/rules of an earlier version/);
  });

  it('says what it does not show', async () => {
    const { limits, unchecked } = await verifyReport(whole, { version });
    expect(limits).toMatch(/does not show who wrote it/);
    expect(unchecked.join('\n')).toMatch(/Scripts were held against the manifest alone/);
  });
});

describe.each(Object.entries(tamperings))('a bundle that was changed, %s', (_, table) => {
  it.each(table)('$name', async ({ change, file, what }) => {
    const { outcome, findings } = await verifyChanged(change);
    expect(outcome).toBe('does-not-hold');
    expect(findings).toContainEqual(
      expect.objectContaining({ file, what: expect.stringMatching(what) as string }),
    );
  });
});

it('has more than fifty kinds of tampering to find', () => {
  expect(
    new Set(Object.values(tamperings).flatMap((table) => table.map(({ name }) => name))).size,
  ).toBeGreaterThan(50);
});

describe('a zip that is none of ours', () => {
  it('has a name twice', async () => {
    const { outcome, findings } = await verifyFiles([...untouched, ['runs/2.csv', Buffer.from('request\n')]]);
    expect(outcome).toBe('does-not-hold');
    expect(findings).toContainEqual(
      expect.objectContaining({ file: 'runs/2.csv', what: 'the list of the zip' }),
    );
  });

  it.each([
    ...['../x.txt', '/etc/x1', 'C:/a.txt', 'a/../x.txt', 'a/..', '//host/x'],
    ...['..\\x.txt', '\\etc\\x1', 'C:\\a.txt', 'a\\..\\x.txt', '\\\\host\\x', 'c:', 'a\0.txt'],
  ])('has the unsafe name %s', async (name) => {
    const file = path.join(scratch.path, 'unsafe.zip');
    await pack([...untouched, ['q'.repeat(name.length), Buffer.from('x')]], file);
    const bytes = readFileSync(file, 'latin1').replaceAll('q'.repeat(name.length), name);
    writeFileSync(file, bytes, 'latin1');
    const { outcome, findings, report } = await verifyReport(file, { version });
    expect({ outcome, report }).toEqual({ outcome: 'does-not-hold', report: null });
    expect(findings[0]?.found).toContain(name);
  });

  it.each([
    ['no zip at all', Buffer.from('PK no')],
    ['nothing', Buffer.alloc(0)],
  ])('is %s', async (_, bytes) => {
    const file = path.join(scratch.path, 'none.zip');
    writeFileSync(file, bytes);
    const { outcome, findings } = await verifyReport(file, { version });
    expect(outcome).toBe('does-not-hold');
    expect(findings).toMatchObject([{ file: 'none.zip' }]);
  });

  it('would unpack into more than any report has', async () => {
    const file = path.join(scratch.path, 'bomb.zip');
    writeFileSync(file, swell(readFileSync(whole)));
    const { outcome, findings } = await verifyReport(file, { version });
    expect(outcome).toBe('does-not-hold');
    expect(findings[0]?.found).toMatch(/bytes when unpacked/);
  });

  it('is cut short', async () => {
    const file = path.join(scratch.path, 'short.zip');
    writeFileSync(file, readFileSync(whole).subarray(0, -100));
    expect((await verifyReport(file, { version })).outcome).toBe('does-not-hold');
  });

  it('has a file whose packed bytes were changed', async () => {
    const file = path.join(scratch.path, 'bits.zip');
    const bytes = readFileSync(whole);
    const at = bytes.indexOf('runs/5.csv') + 2000;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 255, at);
    writeFileSync(file, bytes);
    const { findings } = await verifyReport(file, { version });
    expect(findings.map((finding) => finding.file)).toContain('runs/5.csv');
  });
});

describe('what another version made', () => {
  it('cannot be told: a newer bundle', async () => {
    const { outcome, unchecked } = await verifyChanged(
      edit('manifest.json', (json) => json.replace('"version": 1', '"version": 2')),
    );
    expect(outcome).toBe('cannot-tell');
    expect(unchecked.join('\n')).toMatch(/newer LVS Lab: version 2/);
  });

  it('cannot be told: a newer report', async () => {
    const { outcome, unchecked } = await verifyChanged((files) => {
      edit('report.json', (json) => json.replace('"version": 2,', '"version": 3,'))(files);
      seal(files);
    });
    expect(outcome).toBe('cannot-tell');
    expect(unchecked.join('\n')).toMatch(/newer LVS Lab: version 3/);
  });

  it('cannot be told: a report of the format before, which counted by pages', async () => {
    const { outcome, findings, unchecked } = await verifyChanged((files) => {
      edit('report.json', (json) => json.replace('"version": 2,', '"version": 1,'))(files);
      seal(files);
    });
    expect(findings).toEqual([]);
    expect(outcome).toBe('cannot-tell');
    expect(unchecked.join('\n')).toMatch(/an earlier LVS Lab: version 1/);
  });

  it('cannot be told: a page that this version writes otherwise', async () => {
    const { outcome, unchecked } = await verifyChanged((files) => {
      forge((report) => void (report.product.version = '9.0.0'))(files);
      edit('report.html', (html) => html.replace('</main>', '<hr></main>'))(files);
      seal(files);
    });
    expect(outcome).toBe('cannot-tell');
    expect(unchecked.join('\n')).toMatch(
      /report\.html is not as LVS Lab 1\.0\.0 writes it, and LVS Lab 9\.0\.0/,
    );
  });

  it('does not hold where its figures do not, whichever version it names', async () => {
    const { outcome } = await verifyChanged(
      forge((report) => {
        report.product.version = '9.0.0';
        report.runs[0]?.figures?.sequence.splice(0, 1, 'rs2');
      }),
    );
    expect(outcome).toBe('does-not-hold');
  });
});

describe('a page or a model alone', () => {
  const write = (name: string, content: string) => {
    const file = path.join(scratch.path, name);
    writeFileSync(file, content);
    return verifyReport(file, { version });
  };
  const html = () => untouched.get('report.html')?.toString() ?? '';
  const json = () => untouched.get('report.json')?.toString() ?? '';

  it('holds, and says what could not be computed again', async () => {
    for (const verified of [await write('a.html', html()), await write('a.json', json())]) {
      expect(verified.findings).toEqual([]);
      expect(verified.outcome).toBe('holds');
      expect(verified.unchecked.join('\n')).toMatch(/only in the bundle/);
    }
  });

  it('names the line of a page that is not as its model has it', async () => {
    const { findings } = await write('b.html', html().replace('>600<', '>601<'));
    expect(findings).toMatchObject([
      { file: 'b.html', what: expect.stringMatching(/^line \d+, under “/) as string },
    ]);
    expect(findings[0]?.found).toContain('601');
    expect(findings[0]?.expected).toContain('600');
  });

  it('finds figures that do not fit each other', async () => {
    const files: Files = new Map(untouched);
    forge((report) => {
      const figures = report.runs[0]?.figures;
      if (figures) figures.byServer = { rs1: 500, rs2: 200 };
    })(files);
    const { findings } = await write('c.json', files.get('report.json')?.toString() ?? '');
    expect(findings[0]).toMatchObject({
      what: 'run of entry 2, figures, answers by server, with those of nobody known',
    });
  });

  it('finds a page without a model', async () => {
    expect((await write('d.html', '<p>Hello</p>')).findings).toMatchObject([{ what: 'the model in it' }]);
  });

  it('takes no other file, and none that is not there', async () => {
    await expect(write('e.txt', 'Hello')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(verifyReport(path.join(scratch.path, 'none.json'))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

it('lists findings of one file up to a number, and counts the others', async () => {
  const { findings, omitted } = await verifyChanged(
    forge((report) => {
      for (const run of report.runs)
        if (run.figures) run.figures.sequence = run.figures.sequence.map(() => 'rs9');
    }),
  );
  expect(findings.length).toBeLessThan(100);
  expect(omitted).toBeGreaterThan(100);
  expect(modelOf(untouched).runs.length).toBe(10);
});
