import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { textFile } from '../../../../src-main/report/bundle/attached-files.ts';
import { manifestSchema, scriptFile } from '../../../../src-main/report/bundle/layout.ts';
import { readBundle } from '../../../../src-main/report/bundle/read-bundle.ts';
import { writeZip } from '../../../../src-main/report/bundle/write-zip.ts';
import { run } from '../../../../src-main/process/run.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const at = new Date('2026-01-02T03:04:05Z');
const pieces = Array.from({ length: 500 }, (_, index) => `line ${index}\n`.repeat(200));
const files = [
  textFile('a.txt', 'first'),
  {
    file: 'runs/1.csv',
    async *read() {
      yield* pieces;
    },
  },
  textFile('empty', ''),
];

async function written(): Promise<string> {
  const file = path.join(temporaryFolder(), 'b.zip');
  await writeZip(file, files, { at });
  return file;
}

describe('writeZip', () => {
  it('writes what readBundle reads again, a manifest of all last', async () => {
    await using bundle = await readBundle(await written());
    expect(bundle.files.map(({ file }) => file)).toEqual(['a.txt', 'runs/1.csv', 'empty', 'manifest.json']);
    expect((await bundle.read('a.txt')).toString()).toBe('first');
    expect(await text(await bundle.stream('runs/1.csv'))).toBe(pieces.join(''));
    const manifest = manifestSchema.parse(JSON.parse((await bundle.read('manifest.json')).toString()));
    expect(manifest.files).toEqual(
      [
        ['a.txt', 'first'],
        ['runs/1.csv', pieces.join('')],
        ['empty', ''],
      ].map(([file, content = '']) => ({
        file,
        bytes: Buffer.byteLength(content),
        sha256: createHash('sha256').update(content).digest('hex'),
      })),
    );
  });

  it('is the same to the byte for the same content', async () => {
    expect(readFileSync(await written()).equals(readFileSync(await written()))).toBe(true);
  });

  it('is read by another program too', async () => {
    const script = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), *z.namelist())';
    const { stdout } = await run('python3', ['-c', script, await written()]);
    expect(stdout).toBe('None a.txt runs/1.csv empty manifest.json');
  });

  it('fails when a file cannot be read to its end', async () => {
    const broken = {
      file: 'x',
      async *read() {
        yield 'some';
        throw new Error('the disk is gone');
      },
    };
    const to = path.join(temporaryFolder(), 'b.zip');
    await expect(writeZip(to, [...files, broken], { at })).rejects.toThrow('the disk is gone');
  });

  it('stops reading when it is cancelled', async () => {
    const controller = new AbortController();
    let ended = false;
    const endless = {
      file: 'x',
      async *read() {
        try {
          for (let piece = 0; ; piece += 1) {
            yield Buffer.alloc(65_536, piece);
            if (piece === 50) controller.abort(new Error('enough'));
          }
        } finally {
          ended = true;
        }
      },
    };
    const to = path.join(temporaryFolder(), 'b.zip');
    await expect(writeZip(to, [endless], { at, signal: controller.signal })).rejects.toThrow(/enough|abort/i);
    await expect.poll(() => ended).toBe(true);
  });
});

describe('readBundle', () => {
  it('says that a file is none', async () => {
    const file = path.join(temporaryFolder(), 'b.zip');
    writeFileSync(file, 'not a zip at all');
    await expect(readBundle(file)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(readBundle(`${file}.not`)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says so of one that is cut short', async () => {
    const file = await written();
    writeFileSync(file, readFileSync(file).subarray(0, -100));
    await expect(readBundle(file)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('says which file in it cannot be unpacked', async () => {
    const file = await written();
    const bytes = readFileSync(file);
    bytes.fill(0xff, bytes.indexOf('runs/1.csv') + 200, bytes.indexOf('runs/1.csv') + 300);
    writeFileSync(file, bytes);
    await using bundle = await readBundle(file);
    await expect(bundle.read('runs/1.csv')).rejects.toThrow(/runs\/1\.csv/);
  });

  it('refuses names that lead out of the bundle', async () => {
    const file = await written();
    const bytes = Buffer.from(readFileSync(file).toString('latin1').replaceAll('a.txt', '../xy'), 'latin1');
    writeFileSync(file, bytes);
    await expect(readBundle(file)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('has nothing under a name that is not in it', async () => {
    await using bundle = await readBundle(await written());
    await expect(bundle.read('nothing')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('scriptFile', () => {
  it.each([
    ['nat', 'rs1.sh', 'scripts/nat/rs1.sh'],
    ['nat', 'rs1/install.sh', 'scripts/nat/rs1/install.sh'],
    ['..', '../../x', 'scripts/_../_../_../x'],
    ['a\\b', 'c:d', 'scripts/a_b/c_d'],
    ['', '.', 'scripts/_/_.'],
  ])('keeps %j %j within its folder', (mode, name, file) => {
    expect(scriptFile(mode, name)).toBe(file);
  });
});
