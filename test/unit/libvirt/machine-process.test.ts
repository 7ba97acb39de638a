import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  continueMachineProcess,
  endMachineProcess,
  findMachineProcess,
  type MachineProcess,
} from '../../../src-main/libvirt/machine-process.ts';
import { madeUpMachine } from '../../support/made-up-machine.ts';

async function found(uuid: string): Promise<MachineProcess> {
  const machine = await findMachineProcess(uuid);
  if (!machine) throw new Error('not found');
  return machine;
}

describe('the process of a machine', () => {
  it('is known by the UUID on its command line, with its disks', async () => {
    const { pid, uuid } = await madeUpMachine({ disk: '/data/labs/mine/rs1/disk.qcow2' });
    expect(await found(uuid)).toMatchObject({
      ...{ pid, name: 'lvslab-made-up', stopped: false, uid: process.getuid?.() },
      disks: ['/data/labs/mine/rs1/disk.qcow2'],
    });
  });

  it('is none of ours under another name', async () => {
    const { uuid } = await madeUpMachine({ name: 'other' });
    expect(await findMachineProcess(uuid)).toBeUndefined();
  });

  it('is told as stopped by a signal, and goes on', async () => {
    const { child, uuid } = await madeUpMachine();
    child.kill('SIGSTOP');
    await expect.poll(async () => (await found(uuid)).stopped).toBe(true);
    await continueMachineProcess(await found(uuid));
    await expect.poll(async () => (await found(uuid)).stopped).toBe(false);
  });

  it('ends on SIGTERM, also when it was stopped', async () => {
    const { child, uuid } = await madeUpMachine();
    const ended = once(child, 'exit');
    child.kill('SIGSTOP');
    await expect.poll(async () => (await found(uuid)).stopped).toBe(true);
    await endMachineProcess(await found(uuid));
    expect(await ended).toEqual([null, 'SIGTERM']);
  });

  it('is killed when it does not end', { timeout: 60_000 }, async () => {
    const { child, uuid } = await madeUpMachine({ script: "trap '' TERM" });
    const ended = once(child, 'exit');
    await endMachineProcess(await found(uuid));
    expect(await ended).toEqual([null, 'SIGKILL']);
  });

  it('is left alone when its number belongs to another process by now', async () => {
    const { child, uuid } = await madeUpMachine();
    const machine = await found(uuid);
    await endMachineProcess({ ...machine, startTime: '1' });
    await endMachineProcess({ ...machine, uuid: 'another' });
    expect(child.exitCode).toBeNull();
    expect(child.signalCode).toBeNull();
    expect(await findMachineProcess(uuid)).toBeDefined();
  });
});
