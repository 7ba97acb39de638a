import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contradiction } from '../../../../src-main/image/catalogue/checksum.ts';
import { checksumsOf, chooseFile, parseChecksums } from '../../../../src-main/image/catalogue/checksums.ts';
import { parseChecksumFile } from '../../../../src-main/image/catalogue/parse-checksums.ts';
import { run } from '../../../../src-main/process/run.ts';
import { scratchFolder } from '../../../support/scratch-folder.ts';

const a = 'a'.repeat(64);
const b = 'B'.repeat(128);

it('reads the forms that projects write, and passes over all else', () => {
  const text = `-----BEGIN PGP SIGNED MESSAGE-----\n# x.qcow2: 12 bytes\nSHA256 (x.qcow2) = ${a}\n${a}  y.qcow2\r\n${b} *./z.qcow2\nSHA512 (cut.qcow2) = ${a}\nMD5 (x.qcow2) = 00\n`;
  expect(parseChecksums(text)).toEqual([
    { file: 'x.qcow2', algorithm: 'sha256', digest: a },
    { file: 'y.qcow2', algorithm: 'sha256', digest: a },
    { file: 'z.qcow2', algorithm: 'sha512', digest: b.toLowerCase() },
  ]);
});

it('takes the newest build by number, and never a link such as latest', () => {
  const files = ['R-9.5-20241118.0.q', 'R-9.10-20250101.0.q', 'R-latest.q', 'R-9.9-1.q.old', 'S-10-1.q'];
  const checksums = files.map((file) => ({ file, algorithm: 'sha256', digest: a }) as const);
  expect(chooseFile('R-{build}.q', checksums)?.file).toBe('R-9.10-20250101.0.q');
  expect(chooseFile('R-latest.q', checksums)?.file).toBe('R-latest.q');
  expect(chooseFile('T-{build}.q', checksums)).toBeUndefined();
});

/** What sha256sum(1) and its kin take for right, and some that they do not know, though nobody doubts what they mean. */
const forms: [string, string, string][] = [
  ['two blanks', `${a}  x y.q`, 'x y.q'],
  ['one blank', `${a} x.q`, 'x.q'],
  ['a tab', `${a}\tx.q`, 'x.q'],
  ['many blanks', `${a}      x.q`, 'x.q'],
  ['a mark of binary', `${a} *x.q`, 'x.q'],
  ['blanks before it', `  ${a}  x.q`, 'x.q'],
  ['capitals', `${a.toUpperCase()}  x.q`, 'x.q'],
  ['a name with blanks and brackets', `${a}  x (1) [a].q`, 'x (1) [a].q'],
  ['BSD', `SHA256 (x y (2).q) = ${a}`, 'x y (2).q'],
  ['openssl', `SHA256(x.q)= ${a}`, 'x.q'],
  ['openssl 3', `SHA2-256(x.q)= ${a}`, 'x.q'],
  ['PowerShell', `SHA256          ${a.toUpperCase()}       C:\\Users\\a\\x.q`, 'C:\\Users\\a\\x.q'],
  ['certutil', `SHA256 hash of x.q:\r\n${a}\r\nCertUtil: -hashfile command completed successfully.`, 'x.q'],
  ['a path', `${a}  ./dir/x.q`, 'dir/x.q'],
  ['a byte-order mark', `\ufeff${a}  x.q`, 'x.q'],
];

it.each(forms)('reads a line with %s', (_, line, file) => {
  for (const end of ['', '\n', '\r\n', '\r']) {
    expect(parseChecksums(line + end)).toEqual([{ file, algorithm: 'sha256', digest: a }]);
  }
});

it('reads escaped names as coreutils writes them', () => {
  const line = `\\${a}  a\\\\b\\nc\\rd`;
  expect(parseChecksums(line)).toEqual([{ file: 'a\\b\nc\rd', algorithm: 'sha256', digest: a }]);
  expect(parseChecksums(`${a}  a\\nb`)).toEqual([{ file: 'a\\nb', algorithm: 'sha256', digest: a }]);
});

it.each([
  ['md5', 32],
  ['sha1', 40],
  ['sha224', 56],
  ['sha384', 96],
  ['sha512', 128],
] as const)('knows %s by its digits and by its name', (algorithm, digits) => {
  const digest = 'c'.repeat(digits);
  const tag = algorithm.toUpperCase();
  for (const line of [`${digest}  x.q`, `${tag} (x.q) = ${digest}`])
    expect(parseChecksums(line)).toEqual([{ file: 'x.q', algorithm, digest }]);
});

it('takes BLAKE2b for what it is where it is named', () => {
  expect(parseChecksums(`BLAKE2b (x.q) = ${b}`)).toEqual([
    { file: 'x.q', algorithm: 'blake2b512', digest: b.toLowerCase() },
  ]);
});

it('reads a lone checksum, which has no name', () => {
  for (const line of [a, ` ${a.toUpperCase()}\r\n`, `${a}  -\n`, `SHA256: ${a}`, `# by hand\n\n${a}`])
    expect(parseChecksumFile(line)).toEqual({ named: [], lone: [{ algorithm: 'sha256', digest: a }] });
});

it.each([
  '',
  'x',
  `${a.slice(1)}  x`,
  `${a}x  y`,
  `${a}0  x`,
  `# ${a}  x`,
  `<html>${a}</html>`,
  `${'g'.repeat(64)}  x`,
])('finds no checksum in %j', (line) => {
  expect(parseChecksumFile(line)).toEqual({ named: [], lone: [] });
});

it('reads of a signed text what was signed, and nothing of the signature', () => {
  const signed = `${a}  outside.q
-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

${a}  x.q
- ${a}  dashed.q
-----BEGIN PGP SIGNATURE-----

${'f'.repeat(64)}
-----END PGP SIGNATURE-----
${a}  after.q
`;
  expect(parseChecksumFile(signed).named.map(({ file }) => file)).toEqual(['x.q', 'dashed.q']);
  expect(parseChecksumFile(signed).lone).toEqual([]);
});

it('finds the checksums of a file whatever folder is before its name, and those that contradict each other', () => {
  const text = `${a}  ./x.q\n${b}  C:\\images\\x.q\n${'d'.repeat(64)}  old/x.q\n${a}  y/xx.q\n`;
  const own = checksumsOf('x.q', parseChecksums(text));
  expect(own.map(({ file }) => file)).toEqual(['x.q', 'old/x.q', 'C:\\images\\x.q']);
  expect(contradiction(own)?.map(({ file }) => file)).toEqual(['x.q', 'old/x.q']);
  expect(contradiction(own.slice(0, 1))).toBeUndefined();
});

it('takes the strongest hash of a file, and no weak one', () => {
  const weak = `${'1'.repeat(32)}  x.q\n${'2'.repeat(40)}  x.q\n`;
  expect(chooseFile('x.q', parseChecksums(weak))).toBeUndefined();
  expect(chooseFile('x.q', parseChecksums(`${b}  dir/x.q\n${a}  x.q\n${weak}`))).toMatchObject({
    file: 'x.q',
    algorithm: 'sha512',
  });
});

describe('sha256sum', () => {
  const { path: folder, remove } = scratchFolder();
  afterAll(remove);
  const names = ['x.q', 'x y.q', ' led by a blank', 'x (1).q', 'back\\slash', 'new\nline', '*star', '学生.q'];
  const digest = createHash('sha256').update('x').digest('hex');
  for (const name of names) writeFileSync(path.join(folder, name), 'x');
  const check = async (list: string) => {
    writeFileSync(path.join(folder, 'list'), list);
    return run('sh', ['-c', 'cd "$1" && sha256sum -c list', 'sh', folder]).then(
      () => true,
      () => false,
    );
  };

  it.each(['--text', '--tag', '--binary'])('writes what is read as it is, with %s', async (option) => {
    const { stdout } = await run('sh', [
      '-c',
      'cd "$1" && shift && sha256sum "$@"',
      'sh',
      folder,
      option,
      '--',
      ...names,
    ]);
    // A blank at the beginning of a name is taken for one more before it.
    const expected = names.map((name) => (option === '--tag' ? name : name.trimStart()));
    expect(parseChecksums(stdout).map(({ file }) => file)).toEqual(expected);
    expect(await check(stdout)).toBe(true);
  });

  it.each([
    ['two blanks', `${digest}  x y.q`],
    ['one blank', `${digest} x y.q`],
    ['a tab', `${digest}\tx.q`],
    ['a mark of binary', `${digest} *x.q`],
    ['capitals', `${digest.toUpperCase()}  x.q`],
    ['blanks before it', `  ${digest}  x.q`],
    ['a path', `${digest}  ./x.q`],
    ['BSD', `SHA256 (x (1).q) = ${digest}`],
    ['openssl', `SHA256(x.q)= ${digest}`],
    ['an escaped name', `\\${digest}  back\\\\slash`],
  ])('says OK as well to %s', async (_, line) => {
    expect(await check(`${line}\n`)).toBe(true);
    const [found] = parseChecksums(line);
    expect(found?.digest).toBe(digest);
    expect(names).toContain(found?.file);
  });
});
