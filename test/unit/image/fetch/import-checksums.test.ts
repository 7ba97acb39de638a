import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindOfChecksums } from '../../../../src-main/image/fetch/checksum-files.ts';
import { importImage, type ImportOrder } from '../../../../src-main/image/fetch/import-image.ts';
import { run } from '../../../../src-main/process/run.ts';
import { verifiedWords } from '../../../../src-main/shell/terminal/describe-cloud-image.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { exampleEntry } from '../catalogue/example-entry.ts';

async function prepare(name = 'mine.qcow2') {
  const [dataFolder, folder] = [temporaryFolder(), temporaryFolder()];
  const file = path.join(folder, name);
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', file, '1M']);
  const content = readFileSync(file);
  const digest = (algorithm: string) => createHash(algorithm).update(content).digest('hex');
  const order: ImportOrder = { dataFolder, file, entry: exampleEntry({ name: 'mine' }), itself: false };
  const put = (beside: string, text: string | Buffer) => {
    const where = path.join(folder, beside);
    writeFileSync(where, text);
    return where;
  };
  const expectNothing = () => {
    expect(existsSync(path.join(dataFolder, 'cloud-images', 'mine'))).toBe(false);
  };
  return { folder, file, order, put, digest, sha256: digest('sha256'), expectNothing };
}

const zeros = '0'.repeat(64);

describe('a file of checksums beside an image', () => {
  it.each([
    ...['mine.qcow2.sha256', 'mine.qcow2.SHA256SUM', 'mine.qcow2.CHECKSUM', 'mine.qcow2.sha256sum.txt'],
    ...[
      'mine.qcow2-CHECKSUM',
      'mine.qcow2.sha256.asc',
      'mine.sha256',
      'mine.checksum',
      'SHA256SUMS',
      'CHECKSUM',
    ],
    ...[
      'checksums.txt',
      'sha256sum.txt',
      'Fedora-Cloud-40-CHECKSUM',
      'CHECKSUM.SHA256',
      'SHA256SUM',
      'sha256',
    ],
  ])('is used where it is called %s: right, it verifies; wrong, nothing is kept', async (name) => {
    const { order, put, sha256, expectNothing } = await prepare();
    const where = put(name, `${zeros}  mine.qcow2\n`);
    await expect(importImage(order)).rejects.toMatchObject({
      message: expect.stringContaining('another file than its checksum says') as string,
      details: { why: expect.stringContaining(where) as string },
    });
    expectNothing();
    put(name, `${sha256}  mine.qcow2\n`);
    expect(await importImage(order)).toMatchObject({
      ...{ algorithm: 'sha256', digest: sha256, verified: { by: 'checksum-file', where } },
    });
  });

  it.each(['md5', 'sha1', 'sha224', 'sha384', 'sha512'])('is used with %s', async (algorithm) => {
    const { order, put, digest } = await prepare();
    const right = digest(algorithm);
    put(`mine.qcow2.${algorithm}`, `${'0'.repeat(right.length)}  mine.qcow2\n`);
    await expect(importImage(order)).rejects.toThrow('another file than its checksum says');
    put(`mine.qcow2.${algorithm}`, `${right}  mine.qcow2\n`);
    expect(await importImage(order)).toMatchObject({ algorithm, digest: right });
  });

  it.each<[string, (sha256: string) => string | Buffer]>([
    ['one blank', (sha256) => `${sha256} mine of 2026.qcow2\n`],
    ['a tab', (sha256) => `${sha256}\tmine of 2026.qcow2\n`],
    ['a star', (sha256) => `${sha256} *mine of 2026.qcow2\n`],
    ['no name', (sha256) => sha256],
    ['a byte-order mark and CRLF', (sha256) => `\ufeff${sha256}  mine of 2026.qcow2\r\n`],
    ['UTF-16', (sha256) => Buffer.from(`\ufeff${sha256}  mine of 2026.qcow2\r\n`, 'utf16le')],
    ['capitals', (sha256) => `${sha256.toUpperCase()}  mine of 2026.qcow2\n`],
    ['a path', (sha256) => `${sha256}  ./images/mine of 2026.qcow2\n`],
    ['a path of Windows', (sha256) => `${sha256}  C:\\images\\mine of 2026.qcow2\n`],
    ['BSD', (sha256) => `# mine: 12 bytes\nSHA256 (mine of 2026.qcow2) = ${sha256}\n`],
    ['another image as well', (sha256) => `${zeros}  other.qcow2\n${sha256}  mine of 2026.qcow2\n`],
    [
      'a signature around it',
      (sha256) =>
        `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${sha256}  mine of 2026.qcow2\n-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n`,
    ],
  ])('is understood with %s', async (_, text) => {
    const { order, put, sha256 } = await prepare('mine of 2026.qcow2');
    const where = put('mine of 2026.qcow2.sha256', text(sha256));
    expect((await importImage(order)).verified).toEqual({ by: 'checksum-file', where });
  });

  it('refuses a lone checksum that is another', async () => {
    const { order, put } = await prepare();
    put('mine.qcow2.sha256', zeros);
    await expect(importImage(order)).rejects.toThrow('another file than its checksum says');
  });

  it.each([
    ['another image', 'CHECKSUM', `${zeros}  other.qcow2\n`, /CHECKSUM is for other\.qcow2\./],
    [
      'another image, though it is called after this one',
      'mine.qcow2.sha256',
      `${zeros}  other.qcow2\n`,
      /other/,
    ],
    ['no checksum', 'SHA256SUMS', '<html>404</html>', /has no checksum that can be read/],
    ['nothing', 'mine.qcow2.sha256', '', /has no checksum that can be read/],
  ])('is not passed over where it has %s, until that is said', async (_, name, text, why) => {
    const { order, put, expectNothing } = await prepare();
    const where = put(name, text);
    await expect(importImage(order)).rejects.toMatchObject({
      ...{ code: 'bad-input', message: `${name} beside it has no checksum of mine.qcow2.` },
      details: {
        why: expect.stringMatching(why) as string,
        remedy: expect.stringContaining('--anyway') as string,
      },
    });
    expectNothing();
    const { verified } = await importImage({ ...order, anyway: true });
    expect(verified).toEqual({ by: 'nothing', passedOver: [where] });
    expect(verifiedWords(verified)).toBe(`not verified: no checksum of it in ${where}`);
  });

  it('may be of others where the user proves the image; one that is called after it is told of', async () => {
    const { order, put, sha256 } = await prepare();
    put('CHECKSUM', `${zeros}  other.qcow2\n`);
    const checksum = { algorithm: 'sha256', digest: sha256 } as const;
    const where = put('mine.qcow2.sha512', `${zeros}${zeros}  other.qcow2\n`);
    await expect(importImage(order)).rejects.toThrow('CHECKSUM beside it has no checksum');
    const { verified } = await importImage({ ...order, checksum });
    expect(verified).toEqual({ by: 'user', passedOver: [where] });
    expect(verifiedWords(verified)).toContain(`does not name the image: ${where}`);
  });

  it('may be a signature alone, which says nothing of checksums', async () => {
    const { order, put, sha256 } = await prepare();
    put('mine.qcow2.sha512', '-----BEGIN PGP SIGNATURE-----\n\niQ==\n');
    const checksum = { algorithm: 'sha256', digest: sha256 } as const;
    expect((await importImage({ ...order, checksum })).verified).toEqual({ by: 'user' });
  });

  it('is no folder, and none of another image', async () => {
    const { order, put, folder } = await prepare();
    mkdirSync(path.join(folder, 'CHECKSUM'));
    put('other.qcow2.sha256', zeros);
    put('other.img-CHECKSUM', zeros);
    expect((await importImage(order)).verified).toEqual({ by: 'nothing' });
  });

  it('is told of where it cannot be read', async () => {
    const { order, folder } = await prepare();
    symlinkSync('nowhere', path.join(folder, 'CHECKSUM'));
    await expect(importImage(order)).rejects.toThrow(/CHECKSUM cannot be read/);
  });
});

it.each(['mine.qcow2.b2', 'mine.qcow2.b2 (1)'])(
  'reads what b2sum writes for BLAKE2b, by %s',
  async (name) => {
    const { order, put, digest } = await prepare();
    put(name, `${digest('blake2b512')}  mine.qcow2\n`);
    expect(await importImage(order)).toMatchObject({ algorithm: 'blake2b512' });
  },
);

it('takes a backslash in a name for what it is', async () => {
  const { order, put, sha256, file, folder } = await prepare();
  renameSync(file, path.join(folder, 'my\\disk.qcow2'));
  put('SHA256SUMS', `\\${sha256}  my\\\\disk.qcow2\n`);
  const own = { ...order, file: path.join(folder, 'my\\disk.qcow2') };
  expect((await importImage(own)).verified).toMatchObject({ by: 'checksum-file' });
});

describe('checksums that disagree', () => {
  it.each([
    ['by the same hash', 'mine.qcow2.sha256', (digest: (name: string) => string) => digest('sha256')],
    ['by another hash', 'mine.qcow2.sha512', (digest: (name: string) => string) => digest('sha512')],
  ])('are both named, %s', async (_, name, right) => {
    const { order, put, digest, expectNothing } = await prepare();
    const one = put('CHECKSUM', `${zeros}  mine.qcow2\n`);
    const other = put(name, right(digest));
    const failure = importImage(order);
    await expect(failure).rejects.toThrow('The checksums of mine.qcow2 disagree; it was not kept.');
    const { details } = (await failure.catch((error: unknown) => error)) as { details: { why: string } };
    expect(details.why).toContain(one);
    expect(details.why).toContain(other);
    expectNothing();
  });

  it('are those of two lines too, and of a line and the user', async () => {
    const { order, put, sha256 } = await prepare();
    put('CHECKSUM', `${sha256}  new/mine.qcow2\n${zeros}  old/mine.qcow2\n`);
    await expect(importImage(order)).rejects.toThrow('The checksums of mine.qcow2 disagree');
    put('CHECKSUM', `${zeros}  mine.qcow2\n`);
    const checksum = { algorithm: 'sha256', digest: sha256 } as const;
    await expect(importImage({ ...order, checksum })).rejects.toMatchObject({
      details: { why: expect.stringMatching(/CHECKSUM: sha256 0+\n--sha256: sha256 /) as string },
    });
  });

  it('are no two of which one is of a file in another folder', async () => {
    const { order, put, sha256 } = await prepare();
    put('CHECKSUM', `${zeros}  ./old/mine.qcow2\n${sha256}  ./mine.qcow2\n`);
    expect((await importImage(order)).verified).toMatchObject({ by: 'checksum-file' });
  });

  it('are no two that say the same', async () => {
    const { order, put, sha256, digest } = await prepare();
    put('CHECKSUM', `${sha256}  mine.qcow2\n${sha256.toUpperCase()} *./mine.qcow2\n`);
    const where = put('mine.qcow2.sha512', digest('sha512'));
    expect(await importImage(order)).toMatchObject({ algorithm: 'sha512', verified: { where } });
  });
});

describe('a file of checksums that the user names', () => {
  it('is used, and must name the image', async () => {
    const { order, put, sha256 } = await prepare();
    const checksums = put('sums of mine', `${zeros}  other.qcow2\n`);
    await expect(importImage({ ...order, checksums })).rejects.toMatchObject({
      message: expect.stringContaining('names no file mine.qcow2') as string,
      details: { why: 'It is for other.qcow2.' },
    });
    put('sums of mine', `${sha256}  mine.qcow2\n`);
    expect((await importImage({ ...order, checksums })).verified).toEqual({
      by: 'checksum-file',
      where: checksums,
    });
  });

  it('settles it, as what he says himself, though the file beside the image is of another', async () => {
    for (const how of ['checksums', 'checksum'] as const) {
      const { order, put, sha256 } = await prepare();
      put('mine.qcow2.sha256', `${zeros}  CentOS.qcow2\n`);
      const checksums = put('sums of mine', `${sha256}  mine.qcow2\n`);
      const proof =
        how === 'checksums' ? { checksums } : { checksum: { algorithm: 'sha256', digest: sha256 } as const };
      expect((await importImage({ ...order, ...proof })).verified.by).not.toBe('nothing');
    }
  });

  it('is missed where it is not there', async () => {
    const { order, folder } = await prepare();
    const checksums = path.join(folder, 'none');
    await expect(importImage({ ...order, checksums })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('an image of the catalogue', () => {
  it('is not proved by a hash that anybody can match', async () => {
    const { order, put, digest } = await prepare();
    put('mine.qcow2.md5', digest('md5'));
    await expect(importImage({ ...order, itself: true })).rejects.toMatchObject({
      details: { why: expect.stringContaining('There is MD5 alone') as string },
    });
    put('mine.qcow2.sha256', digest('sha256'));
    expect(await importImage({ ...order, itself: true })).toMatchObject({ algorithm: 'sha256' });
  });

  it('is named where the list has another name for it', async () => {
    const { order, put, sha256, file, folder } = await prepare();
    put('CHECKSUM', `SHA256 (Example-9.qcow2) = ${sha256}\n`);
    await expect(importImage({ ...order, itself: true })).rejects.toMatchObject({
      details: { why: expect.stringContaining('CHECKSUM is for Example-9.qcow2.') as string },
    });
    renameSync(file, path.join(folder, 'Example-9.qcow2'));
    const renamed = { ...order, file: path.join(folder, 'Example-9.qcow2'), itself: true };
    expect((await importImage(renamed)).verified).toMatchObject({ by: 'checksum-file' });
  });
});

it.each([
  ['mine.qcow2.DIGESTS', 'of-image'],
  ['mine.qcow2.sha256 (1)', 'of-image'],
  ['MINE.QCOW2.SHA256', 'of-image'],
  ['mine.qcow2.b2', 'of-image'],
  ['CHECKSUM.SHA512-FreeBSD-14.1-RELEASE-amd64', 'list'],
  ['SHASUMS256.txt', 'list'],
  ['SHA256SUMS (1)', 'list'],
  ['B2SUMS', 'list'],
])('%s is a file of checksums: %s', (name, kind) => {
  expect(kindOfChecksums(name, 'mine.qcow2')).toBe(kind);
});

it.each([
  ...[
    'SHA256SUMS.gpg',
    'SHA256SUMS.sign',
    'README',
    'mine.qcow2',
    'mine.qcow2.sha256.sig',
    'mine.yaml',
    'sum.txt',
  ],
  ...['other.qcow2.sha256', 'other.raw.CHECKSUM', 'checksum.py'],
])('is no file of checksums: %s', (name) => {
  expect(kindOfChecksums(name, 'mine.qcow2')).toBeUndefined();
});
