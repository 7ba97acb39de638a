import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyReport } from '../../../../src-main/report/verify/verify-report.ts';
import { scratchFolder } from '../../../support/scratch-folder.ts';
import { filesOf, version, writeHandmadeBundle, type Files } from './bundle-files.ts';
import { packAs, type Packing } from './pack-as.ts';

const scratch = scratchFolder();
let untouched: Files;
let count = 0;

const packed = (packing?: Packing) => packAs(path.join(scratch.path, `${++count}.zip`), untouched, packing);

beforeAll(async () => {
  const whole = path.join(scratch.path, 'whole.zip');
  await writeHandmadeBundle(whole, 'en', 2);
  untouched = await filesOf(whole);
});
afterAll(scratch.remove);

describe('a text whose bytes a program changed', () => {
  const bom = '\ufeff';
  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  const ways: [string, (text: string) => string | Buffer, string][] = [
    ['a byte-order mark', (text) => bom + text, 'a byte-order mark before it'],
    ['CRLF', crlf, 'CRLF at its line ends'],
    ['both', (text) => bom + crlf(text), 'a byte-order mark before it and CRLF at its line ends'],
    ['UTF-16', (text) => Buffer.from(bom + text, 'utf16le'), 'a byte-order mark before it, in UTF-16'],
    ['its last line end cut', (text) => text.replace(/\n$/, ''), 'no line end at its end'],
  ];
  const texts = ['README.txt', 'report.html', 'report.md', 'report.json', 'runs/2.csv', 'manifest.json'];

  it.each(ways.flatMap((way) => texts.map((file) => [...way, file] as const)))(
    'by %s is named',
    async (_, change, words, file) => {
      const files: Files = new Map(untouched);
      const changed = change(files.get(file)?.toString('utf8') ?? '');
      files.set(file, Buffer.from(changed as string));
      const { outcome, findings } = await verifyReport(await packed({ files }), { version });
      expect(outcome).toBe('does-not-hold');
      expect(findings).toEqual([
        {
          file,
          what: file === 'manifest.json' ? 'its bytes' : 'its bytes, against the manifest',
          expected: 'the bytes that LVS Lab wrote',
          found: expect.stringContaining(`the same text with ${words}`) as string,
        },
      ]);
    },
  );

  it.each(['html', 'json'])('is named of a lone %s', async (form) => {
    const file = path.join(scratch.path, `lone.${form}`);
    writeFileSync(file, bom + (untouched.get(`report.${form}`)?.toString('utf8') ?? ''));
    const { findings } = await verifyReport(file, { version });
    expect(findings).toMatchObject([{ found: 'the same text with a byte-order mark before it' }]);
  });
});

describe('what cannot be unpacked here', () => {
  /** The method, or the flags, of one file in the list of a zip. */
  const patched = (offset: number, value: number) => (zip: Buffer) => {
    const at = zip.lastIndexOf('runs/2.csv');
    zip.writeUInt16LE(value, at - 46 + offset);
    return zip;
  };

  it.each([
    ['by LZMA', 10, 14, 'compressed by LZMA \\(method 14\\)'],
    ['by a password', 8, 0x801, 'locked by a password'],
  ])('is not called wrong, %s', async (_, offset, value, words) => {
    const file = await packed({ bytes: patched(offset, value) });
    const { outcome, findings, unchecked } = await verifyReport(file, { version });
    expect(findings).toEqual([]);
    expect(outcome).toBe('cannot-tell');
    expect(unchecked.join('\n')).toMatch(new RegExp(`runs/2\\.csv is ${words}`));
  });
});
