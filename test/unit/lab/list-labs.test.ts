import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MachineCondition } from '../../../src-main/contract/machine.ts';
import { ownMaker } from '../../../src-main/lab/lab-maker.ts';
import { writeRecord, type LabRecord } from '../../../src-main/lab/lab-record.ts';
import { remarksOn } from '../../../src-main/lab/lab-remarks.ts';
import { listLabs } from '../../../src-main/lab/list-labs.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { madeUpRecord } from '../desk/made-up-record.ts';

const template = await loadTemplate(templatesFolder(), 'three-modes');
const record = madeUpRecord(template);
const connection = { uri: 'test:///default', env: {} };
const running: MachineCondition = { state: 'running', reason: null, known: true };

/** What is listed of a lab whose machines are so, in the plan's order; undefined is none. */
async function listed(
  conditions: readonly (MachineCondition | undefined)[],
  changes: Partial<LabRecord> = {},
) {
  const dataFolder = temporaryFolder();
  mkdirSync(path.join(dataFolder, 'labs', 'mine'), { recursive: true });
  await writeRecord(dataFolder, { ...record, ...changes });
  const machines = record.plan.nodes.flatMap(({ uuid, name }, index) => {
    const condition = conditions[index];
    return condition ? [{ uuid, condition, owner: { dataFolder, labName: 'mine', node: name } }] : [];
  });
  const [lab, ...others] = await listLabs({ dataFolder, connection }, () => Promise.resolve(machines));
  if (!lab) throw new Error('nothing listed');
  expect(others).toEqual([]);
  return { lab, remarks: remarksOn([lab]) };
}

const all = (condition: MachineCondition) => record.plan.nodes.map(() => condition);

describe('a lab in the list', () => {
  it('is ready with all its machines at work, and nothing is to be said', async () => {
    const { lab, remarks } = await listed(all(running));
    expect(lab).toMatchObject({ state: 'ready', nodesRunning: 4, madeBy: null });
    expect(remarks).toEqual([]);
  });

  it('does not count a machine that is paused, names it, and says what goes on with it', async () => {
    const paused: MachineCondition = { state: 'paused', reason: 'user', known: true };
    const { lab, remarks } = await listed([running, paused, running, running]);
    expect(lab).toMatchObject({ state: 'degraded', nodesRunning: 3 });
    const { name } = record.plan.nodes[1]!;
    expect(lab.machines[1]).toEqual({ node: name, ...paused });
    expect(remarks).toEqual([
      {
        lab: 'mine',
        what: `${name} is paused (user)`,
        remedy: `Go on with it: lvslab start mine ${name}`,
      },
    ]);
  });

  it('counts machines that run without libvirt knowing them, and says so', async () => {
    const { lab, remarks } = await listed(all({ ...running, known: false }));
    expect(lab).toMatchObject({ state: 'ready', nodesRunning: 4 });
    expect(remarks.map(({ what }) => what)).toEqual([expect.stringContaining('without libvirt knowing it')]);
    expect(remarks[0]?.remedy).toContain('lvslab reset mine');
  });

  it('is not ready when all its machines have gone, though its process lives', async () => {
    expect((await listed([])).lab).toMatchObject({ state: 'degraded', nodesRunning: 0 });
  });

  it('is unattended, and not stopped, while its only machine is paused and its process has gone', async () => {
    const paused: MachineCondition = { state: 'paused', reason: 'I/O error', known: true };
    const gone = { pid: process.pid, startTime: '1' };
    const { lab, remarks } = await listed([paused], { owner: gone, state: 'ready' });
    expect(lab.state).toBe('degraded');
    expect(remarks[0]?.remedy).toContain('make room');
    expect((await listed(all(running), { owner: gone })).lab.state).toBe('unattended');
    expect((await listed([], { owner: gone })).lab.state).toBe('stopped');
  });

  it('has an owner of another boot for dead, whatever process has its number now', async () => {
    const owner = { ...record.owner, boot: 'another' };
    expect((await listed([], { owner })).lab.state).toBe('stopped');
  });

  it("is told to be another user's", async () => {
    const maker = { ...ownMaker(connection), uid: 4_000_000, user: 'alice' };
    const { lab, remarks } = await listed(all({ ...running, known: false }), { maker });
    expect(lab.madeBy).toBe('alice under test:///default');
    expect(remarks.map(({ what }) => what)).toEqual(['was made by alice under test:///default']);
  });
});
