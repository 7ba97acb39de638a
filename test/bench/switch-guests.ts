import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectGuest } from '../../src-main/guest/connect-guest.ts';
import type { GuestSession } from '../../src-main/guest/guest-session.ts';
import { ensureImage } from '../../src-main/image/ensure-image.ts';
import type { GuestImage } from '../../src-main/image/guest-image.ts';
import { createOverlay } from '../../src-main/image/overlay.ts';
import { requireQemu } from '../../src-main/libvirt/qemu-program.ts';
import { managementMac } from '../../src-main/libvirt/xml/create-domain.ts';
import { findFreePorts, defaultPortRange } from '../../src-main/lab/ports.ts';
import { run } from '../../src-main/process/run.ts';
import type { SwitchPortSpec } from '../../src-main/wire/lab-switch.ts';
import { endAtExit } from '../support/end-started.ts';
import { testHome } from '../support/test-home.ts';

/** Two guests of the product's image, each with a NIC to the lab switch (eth0) and one to vde_switch (eth1). */
export interface SwitchGuests extends AsyncDisposable {
  readonly server: GuestSession;
  readonly client: GuestSession;
  /** The ports that the lab switch is to serve. */
  readonly ports: readonly SwitchPortSpec[];
}

/** The server's address behind each switch. */
export const serverAddress = { lab: '10.9.0.1', vde: '10.9.1.1' };

interface Machine {
  readonly number: 1 | 2;
  readonly sshPort: number;
  readonly switchPort: number;
  readonly guestPort: number;
}

export async function startSwitchGuests(): Promise<SwitchGuests> {
  const image = await ensureImage({ dataFolder: testHome });
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-bench-'));
  const ending = new AbortController();
  const running: Promise<unknown>[] = [];
  const dispose = endAtExit(async () => {
    ending.abort();
    await Promise.allSettled(running);
    await stopVdeSwitch(folder);
    await rm(folder, { recursive: true, force: true });
  });
  try {
    await startVdeSwitch(folder);
    const machines = await chooseMachines();
    for (const machine of machines) {
      await createOverlay(image.rootDisk, diskOf(folder, machine));
      const qemu = run(requireQemu(), qemuArguments(image, folder, machine), { signal: ending.signal });
      running.push(qemu);
      qemu.catch(() => undefined); // Heard below while the guests boot; after that a guest that ends stops answering.
    }
    const prepared = Promise.all(machines.map((machine) => prepare(image, machine)));
    prepared.catch(() => undefined);
    const [server, client] = await Promise.race([prepared, endOf(running)]);
    if (!server || !client) throw new Error('two guests were to be started');
    await server.run('truncate -s 1G /var/www/html/zeros; systemctl start apache2', { timeout: 60_000 });
    return { server, client, ports: machines.map(portOf), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Rejects when one of the guests ends. */
async function endOf(running: readonly Promise<unknown>[]): Promise<never> {
  await Promise.race(running);
  throw new Error('a guest has switched itself off');
}

async function chooseMachines(): Promise<Machine[]> {
  const ports = await findFreePorts(6, defaultPortRange, new Set());
  const next = () => ports.pop() ?? 0;
  return ([1, 2] as const).map((number) => ({
    number,
    sshPort: next(),
    switchPort: next(),
    guestPort: next(),
  }));
}

function portOf({ number, switchPort, guestPort }: Machine): SwitchPortSpec {
  const node = `guest${number}`;
  return { id: `${node}:eth0`, node, nic: 'eth0', switchPort, guestPort, segment: 'bench' };
}

const diskOf = (folder: string, { number }: Machine) => path.join(folder, `disk${number}.qcow2`);
const vdeSocket = (folder: string) => path.join(folder, 'vde');
const vdePid = (folder: string) => path.join(folder, 'vde.pid');

/** As the lab's domains are, but for libvirt and the second NIC. */
function qemuArguments(image: GuestImage, folder: string, machine: Machine): string[] {
  const { number, sshPort, switchPort, guestPort } = machine;
  const nic = (id: string, mac: string, slot: number) =>
    `virtio-net-pci,netdev=${id},mac=${mac},addr=${slot.toString(16)},romfile=`;
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-machine', 'pc', '-m', '192'],
    ...['-accel', 'tcg,tb-size=128', '-cpu', 'max'],
    ...['-kernel', image.kernel, '-initrd', image.initrd, '-append', image.kernelArguments],
    ...['-drive', `file=${diskOf(folder, machine)},if=virtio,format=qcow2,cache=unsafe`],
    ...['-netdev', `socket,id=lab,udp=127.0.0.1:${switchPort},localaddr=127.0.0.1:${guestPort}`],
    ...['-device', nic('lab', `52:54:00:00:01:0${number}`, 0x0a)],
    ...['-netdev', `vde,id=vde,sock=${vdeSocket(folder)}`],
    ...['-device', nic('vde', `52:54:00:00:02:0${number}`, 0x0b)],
    ...['-netdev', `user,id=management,restrict=on,hostfwd=tcp:127.0.0.1:${sshPort}-:22`],
    ...['-device', nic('management', managementMac, 0x1e)],
  ];
}

/** vde_switch ends with its standard input, so it is asked to stand alone. */
async function startVdeSwitch(folder: string): Promise<void> {
  await run('vde_switch', ['-s', vdeSocket(folder), '-p', vdePid(folder), '-d']);
  for (const start = performance.now(); performance.now() - start < 5000;) {
    const pid = await readFile(vdePid(folder), 'utf8').catch(() => '');
    if (pid) return;
    await pause(50);
  }
  throw new Error('vde_switch did not start');
}

async function stopVdeSwitch(folder: string): Promise<void> {
  const pid = Number(await readFile(vdePid(folder), 'utf8').catch(() => ''));
  if (pid > 0) process.kill(pid);
}

async function prepare(image: GuestImage, { number, sshPort }: Machine): Promise<GuestSession> {
  const session = await connectGuest({
    node: `guest${number}`,
    host: '127.0.0.1',
    port: sshPort,
    user: image.sshUser,
    privateKeyPath: image.privateKeyPath,
    hostKey: image.hostKey,
  });
  const addresses = [0, 1].map(
    (nic) => `ip address add 10.9.${nic}.${number}/24 dev eth${nic} && ip link set eth${nic} up`,
  );
  const { exitCode, stderr } = await session.run(addresses.join(' && '));
  if (exitCode !== 0) throw new Error(`guest${number}: ${stderr}`);
  return session;
}
