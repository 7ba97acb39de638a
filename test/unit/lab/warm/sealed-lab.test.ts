import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeFiles } from '../../../../src-main/lab/node-files.ts';
import type { OwnedLab } from '../../../../src-main/lab/owned-lab.ts';
import type { AppliedStep } from '../../../../src-main/plan/applied-step.ts';
import {
  findSealedLab,
  sealedNode,
  sealedSteps,
  sealKey,
  sealNodes,
} from '../../../../src-main/lab/warm/sealed-lab.ts';
import { warmFolder, type WarmState } from '../../../../src-main/lab/warm/warm-store.ts';
import type { LabPlan } from '../../../../src-main/plan/lab-plan.ts';
import { modeOf, planLab } from '../../../../src-main/plan/plan-lab.ts';
import { planRecipe } from '../../../../src-main/plan/plan-recipe.ts';
import { loadTemplate } from '../../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../../src-main/template/templates-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const template = await loadTemplate(templatesFolder(), 'three-modes');
const warm = { key: 'warm', nics: 2, memoryMiB: 128 } as WarmState;

function plan(): LabPlan {
  let port = 20_000;
  const allocate = { uuid: randomUUID, port: () => port++ };
  return planLab({ template, mode: 'dr', name: 'lab', id: randomUUID(), allocate });
}

function keyOf(made: LabPlan): string {
  return sealKey(made, planRecipe(modeOf(template, 'dr').recipe, made), [warm]);
}

describe('sealKey', () => {
  it('is alike for labs that differ by who they are', () => {
    expect(keyOf(plan())).toBe(keyOf(plan()));
  });

  it('is another for another address, service or warm state', () => {
    const one = plan();
    const [first, ...others] = one.nodes;
    const moved = { ...first!, nics: [{ ...first!.nics[0]!, address: '10.10.0.9/24' }] };
    const keys = [
      keyOf(one),
      sealKey({ ...one, nodes: [moved, ...others] }, [], [warm]),
      sealKey(one, [], [warm]),
      sealKey({ ...one, service: { ...one.service, scheduler: 'wrr' } }, [], [warm]),
      sealKey(one, [], [{ ...warm, key: 'another' }]),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

it('gives a lab’s memory and disks, and what its recipe did, to the next with that one’s MACs', async () => {
  const dataFolder = temporaryFolder();
  const [before, after] = [plan(), plan()];
  const mac = before.nodes[0]!.nics[0]!.mac;
  const step: AppliedStep = {
    ...{ node: 'client', id: 'x', title: 'x', state: 'applied', milliseconds: 1, commands: [] },
    undo: [`ip neigh del 10.10.0.100 lladdr ${mac} dev eth0`],
  };
  const hostKeys = Object.fromEntries(before.nodes.map(({ name }) => [name, `key of ${name}`]));
  const context = { dataFolder };
  const record = { plan: before, applied: [step], image: 'image', hostKeys };
  const lab = { context, record } as unknown as OwnedLab;
  for (const node of before.nodes) {
    const { folder, memory, disk } = nodeFiles(lab.context, 'lab', node);
    mkdirSync(folder, { recursive: true });
    for (const file of [memory, disk]) writeFileSync(file, node.name);
  }
  mkdirSync(warmFolder(dataFolder));
  await sealNodes(lab, 'key', new Map([[128, warm]]));

  const sealed = (await findSealedLab(dataFolder, 'key'))!;
  expect(sealedNode(sealed, 'rs1')).toEqual({
    memory: path.join(sealed.folder, 'rs1.save'),
    disk: path.join(sealed.folder, 'rs1.qcow2'),
    nics: 2,
    hostKey: 'key of rs1',
    ofOne: true,
  });
  expect(sealedNode(sealed, 'rs9')).toBeUndefined();
  const [told] = sealedSteps(sealed, after);
  expect(told!.undo).toEqual([`ip neigh del 10.10.0.100 lladdr ${after.nodes[0]!.nics[0]!.mac} dev eth0`]);
});
