import { describe, expect, it } from 'vitest';
import { message, type MessageValue } from '../../../../src-main/contract/message.ts';
import { textIn } from '../../../../src-main/contract/message-words/words.ts';
import { notMeasuredWords } from '../../../../src-main/report/build/not-measured.ts';
import { unknownFacts } from '../../../../src-main/report/build/unknown-facts.ts';
import type { BuildRequest } from '../../../../src-main/report/build/build-report.ts';
import type { ReportSource } from '../../../../src-main/report/report-source.ts';
import { handmadeReport, handmadeSource } from '../../../support/report-source.ts';

async function said(
  overrides: Partial<ReportSource>,
  request: Partial<BuildRequest> = {},
): Promise<string[]> {
  const { notMeasured } = await handmadeReport(request, overrides);
  return notMeasured.map(({ id, values }) =>
    [id.slice('report.'.length), ...Object.values(values).map(plain)].join(' '),
  );
}

function plain(value: MessageValue): string {
  if (typeof value !== 'object') return String(value);
  return 'id' in value ? value.id : value.map(plain).join(' ');
}

/** The source with one entry's result changed. */
async function withResult(id: number, change: (result: object) => unknown): Promise<Partial<ReportSource>> {
  const { entries } = await handmadeSource();
  return {
    entries: entries.map((entry) =>
      entry.id === id ? { ...entry, result: change(entry.result as object) } : entry,
    ),
  };
}

describe('What was not measured', () => {
  it('is all of it, where nothing was done', async () => {
    expect(await said({ entries: [] })).toEqual([
      ...['no-run', 'no-observation', 'mode-unused dr', 'mode-unused nat', 'mode-unused tun'],
    ]);
  });

  it('names what was not kept of the lab', async () => {
    const nothing = {
      setUp: async () => undefined,
      evidence: async () => undefined,
      async *samples() {
        return;
      },
    };
    const messages = await said(nothing);
    expect(messages).toContain('unread 1 start');
    expect(messages).toContain('samples-not-kept 2');
    expect(messages).toContain('evidence-not-kept 3');
  });

  it('names a load of before, whose schedule and table were not kept', async () => {
    const messages = await said(
      await withResult(2, (result) => ({ ...result, schedule: undefined, tablesBefore: undefined })),
      { only: 2, parts: ['runs'] },
    );
    expect(messages).toEqual(['schedule-not-kept 2', 'table-before-not-kept 2']);
  });

  it('names a load beside which the lab was changed', async () => {
    expect(await said({}, { only: 9, parts: ['runs'] })).toEqual(['disturbed 9 stopNode startNode']);
  });

  it('names a load of which samples are missing', async () => {
    async function* samples() {
      yield {
        ...{ from: 0, number: [1], arrivedMs: [5], totalMs: [5], server: ['rs1'], page: ['rs1'] },
        ...{ handedTo: ['rs1'], failure: [null], source: [null], sourcePort: [null] },
      };
    }
    expect(await said({ samples }, { only: 2, parts: ['runs'] })).toEqual(['samples-missing 2 1 600']);
  });

  it('names a switch without a load, and none with one', async () => {
    const messages = await said({}, { parts: ['switches'] });
    expect(messages).toContain('gap 20 dr nat');
    expect(messages.filter((text) => text.startsWith('gap 14'))).toEqual([]);
  });

  it('names what came of an entry and cannot be read', async () => {
    expect(await said(await withResult(17, () => 'something else'))).toContain('unread 17 healthDrill');
  });

  it('names frames that were lost', async () => {
    const lossy = await withResult(3, (result) => ({ ...result, framesLost: 7 }));
    expect(await said(lossy, { only: 3, parts: ['evidence'] })).toEqual(['frames-lost 3 7']);
  });

  it('names a host and guests that nothing is known of', async () => {
    const messages = await said({ facts: unknownFacts }, { parts: ['machines'] });
    expect(messages).toEqual(['host-unknown', 'guests-unknown']);
  });

  it('says nothing of parts that were left out', async () => {
    expect(await said({ entries: [] }, { parts: ['notes'] })).toEqual([]);
  });

  it.each(['zh-CN', 'ja'])('is told in %s with all of its places', (language) => {
    for (const [kind, words] of Object.entries(notMeasuredWords)) {
      const places = words.match(/\{\w+\}/g)?.toSorted() ?? [];
      const told = textIn(language, { ...message(`report.${kind}`, words), values: {} });
      expect(told, kind).not.toBe(words);
      expect(told.match(/\{\w+\}/g)?.toSorted() ?? [], kind).toEqual(places);
    }
  });
});
