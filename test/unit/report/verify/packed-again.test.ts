import { createWriteStream, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { run } from '../../../../src-main/process/run.ts';
import { readReport } from '../../../../src-main/report/verify/read-report.ts';
import { verifyReport } from '../../../../src-main/report/verify/verify-report.ts';
import { scratchFolder } from '../../../support/scratch-folder.ts';
import { edit, filesOf, modelOf, seal, version, writeHandmadeBundle, type Files } from './bundle-files.ts';
import { packAs, type Packing } from './pack-as.ts';

const scratch = scratchFolder();
const whole = path.join(scratch.path, 'whole.zip');
let untouched: Files;
let count = 0;

const packed = (packing?: Packing) => packAs(path.join(scratch.path, `${++count}.zip`), untouched, packing);

beforeAll(async () => {
  // One load alone: how it is packed is what matters here.
  await writeHandmadeBundle(whole, 'en', 2);
  untouched = await filesOf(whole);
});
afterAll(scratch.remove);

/** Writes the files into a folder, as unpacking does. */
function unpacked(files: Iterable<readonly [string, Buffer | string]>, name = `folder-${++count}`): string {
  const folder = path.join(scratch.path, name);
  for (const [file, content] of files) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
  return folder;
}

/** All names in a zip, with something done to their bytes: in place, so that no length changes. */
const rename = (change: (name: string) => string) => (zip: Buffer) =>
  Buffer.from(
    zip.toString('latin1').replaceAll(/(?<=PK\x03\x04[^]{26,26}|PK\x01\x02[^]{42,42})[\w./-]+/g, change),
    'latin1',
  );

/** Bit 11 of the flags off, in every header. */
function withoutUtf8Mark(zip: Buffer): Buffer {
  for (const [mark, offset] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const) {
    const header = Buffer.from(mark, 'latin1');
    for (let at = zip.indexOf(header); at !== -1; at = zip.indexOf(header, at + 1))
      zip.writeUInt16LE(zip.readUInt16LE(at + offset) & ~0x800, at + offset);
  }
  return zip;
}

let day = 0;
/** Every file with another time. */
const timed: Packing = {
  options: {
    get mtime() {
      return new Date(2026, 0, ++day);
    },
  },
};

const leftovers = {
  ...{
    '__MACOSX/._report.html': 'x',
    '__MACOSX/demo/runs/._2.csv': 'x',
    '.DS_Store': 'x',
    'runs/.DS_Store': 'x',
  },
  ...{
    'Thumbs.db': 'x',
    'desktop.ini': '[x]',
    '._manifest.json': 'x',
    'report.html:Zone.Identifier': '[ZoneTransfer]',
  },
};

async function expectHolds(file: string) {
  const verification = await verifyReport(file, { version });
  expect(verification.findings).toEqual([]);
  expect(verification.outcome).toBe('holds');
  expect(verification.checked).toContain('All figures were computed anew from the samples, of loads: 1.');
  return (verification.remarks ?? []).join('\n');
}

it.each(['demo', 'my_lvs_demo_0123', 'ada_12345_67890_report'])(
  'a bundle in the folder %s does not hold with other runs beside that folder',
  async (folder) => {
    const file = await packed({ name: (name) => `${folder}/${name}`, more: { 'runs/2.csv': 'x' } });
    expect((await verifyReport(file, { version })).outcome).toBe('does-not-hold');
  },
);

describe('a bundle that was unpacked and packed again', () => {
  it('is told from one that LVS Lab packed, of which nothing is remarked', async () => {
    expect(await expectHolds(whole)).toBe('');
  });

  it.each<[string, Packing, RegExp]>([
    ['in a folder', { name: (file) => `demo-report/${file}` }, /in the folder demo-report\./],
    ['in two folders', { name: (file) => `home/学生/${file}` }, /in the folder home\/学生\./],
    ['with what macOS leaves', { more: leftovers }, /left were passed over: __MACOSX\/\._report\.html, .*…/],
    [
      'in a folder, with what macOS leaves beside it',
      {
        name: (file) => `demo/${file}`,
        more: { '__MACOSX/._demo': 'x', '.DS_Store': 'x', 'demo/.DS_Store': 'x' },
      },
      /in the folder demo\.\n3 files .* passed over: __MACOSX\/\._demo, \.DS_Store, \.DS_Store/,
    ],
    ['by Windows', { bytes: rename((name) => name.replaceAll('/', '\\')) }, /names have \\ for \//],
    [
      'by Windows, in a folder',
      { name: (file) => `demo/${file}`, bytes: rename((name) => name.replaceAll('/', '\\')) },
      /in the folder demo\.\n.*names have \\ for \//,
    ],
    ['stored', { options: { compress: false } }, /not all of them are deflated/],
    ['with times of its own', timed, /times of their own/],
    ['in zip64', { options: { forceZip64Format: true } }, /the zip64 form/],
    ['with folders', { folders: ['runs', 'scripts/nat'] }, /folders are listed/],
    ['with names that are not marked', { bytes: withoutUtf8Mark }, /not marked as UTF-8/],
    [
      'as tar does',
      { name: (file) => `XX${file}`, bytes: rename((name) => name.replace(/^XX/, './')) },
      /parts that mean nothing/,
    ],
  ])('%s', async (_, packing, remark) => {
    expect(await expectHolds(await packed(packing))).toMatch(remark);
  });

  it('in another order', async () => {
    expect(await expectHolds(await packed({ files: [...untouched].reverse() }))).toMatch(/in another order/);
  });

  it('by Python', async () => {
    const folder = unpacked(untouched, 'demo-report');
    const to = path.join(scratch.path, 'python.zip');
    await run('python3', ['-m', 'zipfile', '-c', to, folder]);
    expect(await expectHolds(to)).toMatch(/in the folder demo-report\.\nAnother program packed it: /);
  });

  it('within another zip', async () => {
    const files = [['hand-in/demo.zip', readFileSync(whole)]] as const;
    expect(await expectHolds(await packed({ files }))).toMatch(/^It is within another zip: \d+\.zip\.$/);
  });

  it('with documents beside its folder, which are named', async () => {
    const more = { 'What I saw.docx': 'x', 'photo.JPG': 'x' };
    const remarks = await expectHolds(await packed({ name: (file) => `demo/${file}`, more }));
    expect(remarks).toMatch(
      /2 files beside it are no part of it, and not verified: What I saw\.docx, photo\.JPG\./,
    );
  });

  it('and renamed', async () => {
    const file = path.join(scratch.path, 'demo-report (1).zip.download');
    writeFileSync(file, readFileSync(whole));
    expect(await expectHolds(file)).toBe('');
  });
});

describe('a bundle that was unpacked', () => {
  it('is one report', async () => {
    const folder = unpacked(untouched);
    expect(await expectHolds(folder)).toBe('It is unpacked: a folder with the files of a bundle.');
    expect(await readReport(folder)).toEqual(modelOf(untouched));
  });

  it('is one with what other programs left in it, and in a folder of its own', async () => {
    const files = [...untouched].map(([file, content]) => [`demo/${file}`, content] as const);
    const more = Object.entries(leftovers).map(([file, content]) => [`demo/${file}`, content] as const);
    const folder = unpacked([...files, ...more, ['demo/.git/config', '[core]'], ['essay.txt', 'x']]);
    const remarks = await expectHolds(folder);
    expect(remarks).toMatch(/in the folder demo\./);
    expect(remarks).toMatch(/passed over/);
    expect(remarks).toMatch(/A file beside it is no part of it, and not verified: essay\.txt\./);
    expect(await expectHolds(path.join(folder, 'demo'))).toMatch(/passed over: /);
  });

  it('is one where a program unpacked names from Windows as they are', async () => {
    const files = [...untouched].map(([file, content]) => [file.replaceAll('/', '\\'), content] as const);
    expect(await expectHolds(unpacked(files))).toMatch(/names have \\ for \//);
  });

  it('is the report that a folder has as a zip', async () => {
    expect(
      await expectHolds(
        unpacked([
          ['mine.zip', readFileSync(whole)],
          ['essay.docx', 'x'],
        ]),
      ),
    ).toBe('');
  });

  it('is named where there are several, and missed where there is none', async () => {
    const two = unpacked([
      ['a.zip', readFileSync(whole)],
      ['b/c.zip', readFileSync(whole)],
    ]);
    await expect(verifyReport(two)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('has 2 reports') as string,
      details: {
        why: 'They are: a.zip, b/c.zip.',
        remedy: expect.stringContaining('report summary') as string,
      },
    });
    await expect(verifyReport(unpacked([['a.txt', 'x']]))).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('is no link', async () => {
    const folder = unpacked([...untouched].filter(([file]) => file !== 'report.md'));
    const elsewhere = path.join(scratch.path, 'elsewhere.md');
    writeFileSync(elsewhere, untouched.get('report.md') ?? '');
    symlinkSync(elsewhere, path.join(folder, 'report.md'));
    const { outcome, findings } = await verifyReport(folder, { version });
    expect(outcome).toBe('does-not-hold');
    expect(findings).toContainEqual(expect.objectContaining({ file: 'report.md', expected: 'a plain file' }));
  });
});

describe('what was changed besides is found', () => {
  const changes: [string, (files: Files) => void, string, RegExp][] = [
    [
      'a changed file',
      edit('report.md', (text) => text.replace('600', '700')),
      'report.md',
      /against the manifest/,
    ],
    ['a missing file', (files) => void files.delete('runs/2.csv'), 'runs/2.csv', /the file/],
    ['an added file', (files) => void files.set('runs/9.csv', Buffer.from('x')), 'runs/9.csv', /the file/],
    ['an added document', (files) => void files.set('a.pdf', Buffer.from('x')), 'a.pdf', /the file/],
    ['a missing manifest', (files) => void files.delete('manifest.json'), 'manifest.json', /the file/],
    ['a missing model', (files) => void files.delete('report.json'), 'report.json', /the file/],
    [
      'a leftover that the manifest has',
      (files) => {
        files.set('runs/.DS_Store', Buffer.from('x'));
        seal(files);
      },
      'runs/.DS_Store',
      /the file/,
    ],
  ];

  it.each(changes)('%s, in a folder with leftovers, packed and unpacked', async (_, change, file, what) => {
    const files: Files = new Map(untouched);
    change(files);
    const finding = expect.objectContaining({ file, what: expect.stringMatching(what) as string }) as object;
    const zip = await packed({ files, name: (name) => `demo/${name}`, more: { '__MACOSX/._demo': 'x' } });
    for (const given of [zip, unpacked(files)]) {
      const { outcome, findings, remarks } = await verifyReport(given, { version });
      expect(outcome).toBe('does-not-hold');
      expect(findings).toContainEqual(finding);
      expect(remarks).not.toEqual([]);
    }
  });

  it.each([
    ['with another slash', 'runsX2.csv', 'runs\\2.csv'],
    ['with a dot', 'XXruns/2.csv', './runs/2.csv'],
    ['with two slashes', 'runsX/2.csv', 'runs//2.csv'],
  ])('a name twice, %s', async (_, name, changed) => {
    const file = await packed({
      more: { [name]: 'request\n' },
      bytes: rename((each) => each.replace(name, changed)),
    });
    const { outcome, findings } = await verifyReport(file, { version });
    expect(outcome).toBe('does-not-hold');
    expect(findings).toContainEqual(
      expect.objectContaining({ file: 'runs/2.csv', what: 'the list of the zip' }),
    );
  });

  it.each(['report.html', 'README.txt', 'notes.md', 'runs/2.csv'])(
    'a file %s beside the folder, which a reader may take for the report’s',
    async (name) => {
      const file = await packed({ name: (inside) => `demo/${inside}`, more: { [name]: 'x' } });
      const failed = await verifyReport(file, { version }).then(
        ({ outcome }) => outcome,
        (error: unknown) => (error as { code: string }).code,
      );
      expect(failed).toBe(name.endsWith('.html') ? 'bad-input' : 'does-not-hold');
    },
  );

  it('a link in a zip', async () => {
    const link = ['runs/2.csv', Buffer.from('/etc/passwd')] as const;
    const files = [...untouched].filter(([file]) => file !== 'runs/2.csv');
    const zip = new ZipFile();
    for (const [file, content] of files) zip.addBuffer(content, file);
    zip.addBuffer(link[1], link[0], { mode: 0o120777 });
    zip.end();
    const to = path.join(scratch.path, 'link.zip');
    await pipeline(zip.outputStream, createWriteStream(to));
    const { findings } = await verifyReport(to, { version });
    expect(findings).toContainEqual(
      expect.objectContaining({ file: 'runs/2.csv', expected: 'a plain file' }),
    );
  });
});
