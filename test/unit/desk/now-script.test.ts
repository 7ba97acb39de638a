import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { nowScript } from '../../../src-main/desk/now/now-script.ts';
import { createNowReader, type ToldNow } from '../../../src-main/desk/now/read-now.ts';
import { embeddedTraits } from '../../../src-main/family/guest-traits.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** In place of iproute2: tells one address, another after the first word of its monitor. */
const ip = `#!/bin/bash
case "$*" in
  'monitor address link') sleep 0.5; touch "$0.changed"; echo news; exec sleep 60 ;;
  '-o -4 address show')
    echo '3: eth0    inet 10.10.0.11/24 scope global eth0'
    [ ! -e "$0.changed" ] || echo "1: lo    inet 10.10.0.100/32 scope global lo" ;;
  '-o link show') echo '3: eth0: <BROADCAST,MULTICAST> mtu 1500 state DOWN' ;;
esac
`;

/** Runs the program as a guest would, until it has told so often. */
async function tellings(count: number, ports: number[]): Promise<ToldNow[]> {
  const folder = temporaryFolder();
  await writeFile(path.join(folder, 'ip'), ip);
  await chmod(path.join(folder, 'ip'), 0o755);
  const role = 'real-server' as const;
  const script = nowScript({ role, settings: ['net.ipv4.ip_forward'] }, ports, embeddedTraits);
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  const shell = spawn('sh', ['-c', script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  shell.stderr.on('data', (piece: Buffer) => (complaints += piece.toString()));
  const told: ToldNow[] = [];
  const enough = Promise.withResolvers<undefined>();
  const read = createNowReader({
    onNow: (now) => {
      if (told.push(now) === count) enough.resolve(undefined);
    },
    onTable: () => undefined,
  });
  shell.stdout.on('data', (piece: Buffer) => {
    read(piece.toString());
  });
  await Promise.race([enough.promise, once(shell, 'exit')]);
  shell.stdout.destroy();
  shell.kill();
  expect(complaints).toBe('');
  return told;
}

it('tells what a guest has, and again once that is otherwise', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.2');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [before, after] = await tellings(2, [port, 1]);
  expect(before).toMatchObject({ addresses: [{ nic: 'eth0', address: '10.10.0.11/24' }], down: ['eth0'] });
  expect(before?.listens).toEqual([port]);
  expect(before?.settings.get('net.ipv4.ip_forward')).toMatch(/^[01]$/);
  expect(after?.addresses).toContainEqual({ nic: 'lo', address: '10.10.0.100/32' });
});

it('tells of what listens for the machine itself alone that it does not', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [told] = await tellings(1, [port]);
  expect(told?.listens).toEqual([]);
});
