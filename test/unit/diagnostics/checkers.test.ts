import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkers } from '../../../src-main/diagnostics/checkers.ts';
import { runDoctor } from '../../../src-main/diagnostics/run-doctor.ts';
import type { GuestImage } from '../../../src-main/image/guest-image.ts';
import { fakeContext } from './fake-context.ts';

const image = { key: 'abc123', bytes: 400 * 2 ** 20, builtAt: '2025-01-02T03:04:05Z' } as GuestImage;

async function look(id: string, parts: Parameters<typeof fakeContext>[0]) {
  const checker = checkers.find((candidate) => candidate.id === id)!;
  const { signal } = new AbortController();
  const { checks } = await runDoctor({ context: fakeContext(parts), signal, checkers: [checker] });
  return checks[0];
}

describe('checkers', () => {
  it('have ids of their own', () => {
    expect(new Set(checkers.map(({ id }) => id)).size).toBe(checkers.length);
  });

  it('node: accepts the Node that runs this', async () => {
    expect(await look('node', {})).toMatchObject({ status: 'ok', what: `Node ${process.versions.node}` });
  });

  it('qemu: tells version and path', async () => {
    expect(await look('qemu', {})).toMatchObject({
      status: 'ok',
      what: expect.stringMatching(/^QEMU \d.*\/qemu/) as string,
    });
  });

  it('libvirt: tells the address that does not answer, and leaves alone what it may not start', async () => {
    const uri = 'qemu+unix:///session?socket=/nowhere/libvirt-sock';
    expect(await look('libvirt', { connection: { uri, env: {} } })).toMatchObject({
      status: 'failed',
      what: expect.stringContaining(uri) as string,
      fixable: false,
    });
  });

  it('image: offers to build it when there is none', async () => {
    expect(await look('image', {})).toMatchObject({ status: 'warning', fixable: true });
    const findImage = () => Promise.resolve(image);
    expect(await look('image', { findImage })).toMatchObject({
      status: 'ok',
      what: 'abc123, 400 MiB, built 2025-01-02',
    });
  });

  it('disk: counts the image’s build only while there is no image', async () => {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'lvslab-disk-'));
    const without = await look('disk', { dataFolder });
    const withImage = await look('disk', { dataFolder, findImage: () => Promise.resolve(image) });
    rmSync(dataFolder, { recursive: true });
    expect(without?.what).toContain('2560 MiB are needed');
    expect(withImage?.what).toContain('512 MiB are needed');
  });

  it('ports: fails where the range has too few', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
      });
    });
    const result = await look('ports', { portRange: { first: port, last: port } });
    server.close();
    expect(result).toMatchObject({ status: 'failed', remedy: expect.any(String) as string });
  });
});
