import { expect, it } from 'vitest';
import { chooseFile, parseChecksums } from '../../../../src-main/image/catalogue/checksums.ts';

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
