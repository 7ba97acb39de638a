import { describe, expect, it } from 'vitest';
import type { MachineState } from '../../../src-main/contract/machine.ts';
import { conditionFrom, conditionsOf, ownerByDisk, seeMachines } from '../../../src-main/lab/machines.ts';
import { madeUpMachine } from '../../support/made-up-machine.ts';

const domain = (state: MachineState, reason: string | null = null) => ({ state, reason });
const away = { uri: 'qemu+unix:///session?socket=/nowhere/libvirt-sock', env: {} };

describe('how a machine is', () => {
  it.each([
    ['neither libvirt nor a process has it', undefined, undefined, 'off', null, true],
    ['libvirt knows it', domain('running'), { stopped: false }, 'running', null, true],
    ['libvirt has paused it', domain('paused', 'user'), { stopped: false }, 'paused', 'user', true],
    ['its process runs and libvirt has none', undefined, { stopped: false }, 'running', null, false],
    [
      'a signal stopped its process',
      domain('running'),
      { stopped: true },
      'paused',
      'stopped by a signal',
      true,
    ],
    [
      'a signal stopped one that libvirt has not',
      undefined,
      { stopped: true },
      'paused',
      'stopped by a signal',
      false,
    ],
    ['libvirt has it defined alone', domain('off'), undefined, 'off', null, true],
    ['libvirt is just starting it', domain('off'), { stopped: false }, 'running', null, true],
    ['its process cannot be seen', domain('running'), undefined, 'running', null, true],
  ] as const)('%s', (_, libvirt, process, state, reason, known) => {
    expect(conditionFrom(libvirt, process)).toEqual({ state, reason, known });
  });
});

describe('whose a machine is', () => {
  it('is told by the place of its disk', () => {
    const disks = ['/data/images/key/root.qcow2', '/data/labs/mine/rs1/disk.qcow2'];
    expect(ownerByDisk({ disks })).toEqual({ dataFolder: '/data', labName: 'mine', node: 'rs1' });
    expect(ownerByDisk({ disks: ['/data/images/key/root.qcow2'] })).toBeUndefined();
  });
});

describe('where libvirt does not answer', () => {
  it('machines are seen by their processes', async () => {
    const { uuid } = await madeUpMachine();
    const machines = await seeMachines([away]);
    expect(machines.find((machine) => machine.uuid === uuid)).toEqual({
      uuid,
      condition: { state: 'running', reason: null, known: false, unasked: true },
      owner: { dataFolder: '/nowhere', labName: 'mine', node: 'rs1' },
    });
    const conditions = await conditionsOf(away, [
      { name: 'rs1', uuid },
      { name: 'rs2', uuid: 'none' },
    ]);
    expect(conditions.get('rs1')).toMatchObject({ state: 'running', known: false });
    expect(conditions.get('rs2')).toMatchObject({ state: 'off' });
  });
});
