import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../../src-main/contract/journal.ts';
import { observationSchema } from '../../../../src-main/contract/observation.ts';
import type { KeptEvidence } from '../../../../src-main/evidence/kept-evidence.ts';
import { keptEvidenceSchema } from '../../../../src-main/evidence/kept-evidence.ts';
import { judgeAgain } from '../../../../src-main/report/figures/judge-again.ts';
import type { ReportSource } from '../../../../src-main/report/report-source.ts';
import { handmadeSource } from '../../../support/report-source.ts';

interface Kept {
  readonly entry: JournalEntry;
  readonly evidence: KeptEvidence;
  readonly capture: Buffer;
}

let kept: readonly Kept[];

beforeAll(async () => {
  const source = await handmadeSource();
  const entries = source.entries.filter(({ verb }) => verb === 'observe');
  kept = await Promise.all(entries.map((entry) => keptOf(source, entry)));
});

async function keptOf(source: ReportSource, entry: JournalEntry): Promise<Kept> {
  // As it comes back from a file.
  const evidence = keptEvidenceSchema.parse(JSON.parse(JSON.stringify(await source.evidence(entry.id))));
  return { entry, evidence, capture: await readFile((await source.capture(entry.id)) ?? '') };
}

describe('An observation that is judged again', () => {
  it('comes to the same in every mode, frame by frame', () => {
    expect(kept.map(({ entry }) => entry.mode)).toEqual(['nat', 'dr', 'dr', 'nat', 'tun']);
    for (const { entry, evidence, capture } of kept) {
      const was = observationSchema.parse(entry.result);
      const { claims, explanations, remarks, stories, vipClaims, vipQuestions, vipOn, frames } = was;
      expect(judgeAgain(evidence, capture)).toEqual({
        ...{ claims, explanations, remarks, stories, vipClaims, vipQuestions, vipOn, frames },
      });
    }
  });

  it('comes to something else where one byte of a frame is another', () => {
    const [{ evidence, capture }] = kept as [Kept];
    const before = judgeAgain(evidence, capture);
    const changed = Buffer.from(capture);
    // The last byte of the VIP, where the client first sends to it.
    const at = changed.indexOf(Buffer.from([10, 10, 0, 200, 10, 10, 0, 100])) + 7;
    changed.writeUInt8(101, at);
    expect(judgeAgain(evidence, changed)).not.toEqual(before);
  });

  it('has a remark more where a guest is told to have been otherwise, which refutes nothing by itself', () => {
    const [{ evidence, capture }] = kept as [Kept];
    const { director } = evidence.facts;
    const facts = { ...evidence.facts, director: { ...director!, ipForward: false } };
    const { claims, explanations, remarks } = judgeAgain({ ...evidence, facts }, capture);
    expect(claims.filter(({ verdict }) => verdict === 'refuted')).toEqual([]);
    expect(explanations).toEqual([]);
    expect(remarks.map(({ kind, node }) => `${kind} ${node}`)).toEqual(['differs director']);
  });

  it('says at which byte a capture is broken', () => {
    const [{ evidence, capture }] = kept as [Kept];
    expect(() => judgeAgain(evidence, capture.subarray(0, -5))).toThrow('capture');
  });
});
