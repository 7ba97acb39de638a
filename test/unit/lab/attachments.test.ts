import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeptEvidence } from '../../../src-main/evidence/kept-evidence.ts';
import {
  captureFileOf,
  readEvidence,
  readSetUp,
  writeAttachment,
} from '../../../src-main/lab/attachments.ts';
import { embeddedGuest } from '../../../src-main/plan/lab-plan.ts';
import type { SetUp } from '../../../src-main/plan/set-up.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const plan: SetUp['plan'] = {
  ...{ name: 'one', id: 'id', template: 'three-modes', mode: 'dr', options: {}, guest: embeddedGuest },
  service: {
    ...{ vip: '10.10.0.100', port: 80, protocol: 'tcp', scheduler: 'rr', persistentSeconds: null },
    ...{ netmask: null, schedulerFlags: [], timeouts: null },
  },
  ...{ segments: [], nodes: [] },
};
const evidence: KeptEvidence = {
  ...{ revision: 1, plan, mode: 'dr', incomplete: false, facts: {}, table: null, counters: null },
  ...{ countedBefore: 0, firstFrame: 7, now: 5, recordStart: '1800000000000000000' },
};

function observed(bytes: number) {
  return { kind: 'evidence' as const, evidence, capture: Buffer.alloc(bytes, 1) };
}

describe('writeAttachment', () => {
  it('keeps what comes back as it was, for its user alone', async () => {
    const folder = temporaryFolder();
    const setUp: SetUp = { revision: 1, plan, sealed: true, steps: [] };
    await writeAttachment(folder, 1, { kind: 'set-up', setUp });
    await writeAttachment(folder, 2, observed(100));
    expect(await readSetUp(folder, 1)).toEqual(setUp);
    expect(await readEvidence(folder, 2)).toEqual(evidence);
    const file = await captureFileOf(folder, 2);
    expect(file).toBe(path.join(folder, '2.pcapng'));
    expect(readFileSync(file!)).toEqual(Buffer.alloc(100, 1));
    expect(statSync(file!).mode & 0o777).toBe(0o600);
  });

  it('lets the oldest captures go where they come to more than they may, with their evidence', async () => {
    const folder = temporaryFolder();
    for (const id of [2, 9, 10, 11]) await writeAttachment(folder, id, observed(100), 250);
    const there = (id: number) =>
      [`${id}.pcapng`, `${id}.evidence.json`].map((name) => existsSync(path.join(folder, name)));
    expect([2, 9, 10, 11].map(there)).toEqual([
      [false, false],
      [false, false],
      [true, true],
      [true, true],
    ]);
    await writeAttachment(folder, 12, observed(1000), 250);
    expect([10, 11, 12].map(there)).toEqual([
      [false, false],
      [false, false],
      [true, true],
    ]);
  });

  it('does nothing where nothing can be written', async () => {
    const folder = path.join(temporaryFolder(), 'not', 'there');
    await writeAttachment(folder, 1, observed(10));
    expect(existsSync(folder)).toBe(false);
  });
});

describe('what is kept', () => {
  it('is nothing where it is not there, broken, or of another version', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'sub'));
    writeFileSync(path.join(folder, '1.set-up.json'), '{"revision":2}');
    writeFileSync(path.join(folder, '1.evidence.json'), '{"revision":1,"pl');
    expect([
      await readSetUp(folder, 1),
      await readEvidence(folder, 1),
      await captureFileOf(folder, 1),
    ]).toEqual([undefined, undefined, undefined]);
  });
});
