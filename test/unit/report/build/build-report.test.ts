import { describe, expect, it } from 'vitest';
import { reportParts } from '../../../../src-main/contract/report.ts';
import { reportSchema, type Report } from '../../../../src-main/report/model/report.ts';
import { handmadeNow, handmadeReport, handmadeSource } from '../../../support/report-source.ts';
import { golden } from './golden.ts';

/** Every part's list, by how much it tells. */
function counts(report: Report) {
  const { setUps, runs, observations, switches, comparisons, drills, changes, attachments } = report;
  const lists = { setUps, runs, observations, switches, comparisons, drills, changes, attachments };
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length]));
}

describe('The report of a lab', () => {
  it('has the shape of its model, and goes through JSON unchanged', async () => {
    const report = await handmadeReport();
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('is the same each time', async () => {
    expect(await handmadeReport()).toEqual(await handmadeReport());
  });

  it('tells each thing that was done where it belongs, and every file it is computed from', async () => {
    const report = await handmadeReport();
    const { entries } = await handmadeSource();
    expect(counts(report)).toEqual({
      ...{ setUps: 6, runs: 10, observations: 5, switches: 5, comparisons: 1, drills: 1 },
      ...{ changes: 8, attachments: 2 * 10 + 2 * 5 },
    });
    const told = [
      report.setUps,
      report.runs,
      report.observations,
      report.comparisons,
      report.drills,
      report.changes,
    ];
    const numbers = told.flatMap((list) => list.map(({ entry }) => entry));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(entries.map(({ id }) => id));
  });

  it.each([
    ['a run', 5],
    ['an observation', 15],
    ['a change', 8],
    ['a failure', 16],
  ])('is of %s alone as the golden file has it', async (_, only) => {
    // The steps of a set-up fill pages.
    await golden(`entry-${only}`, { ...(await handmadeReport({ only })), setUps: [] });
  });

  it.each([
    ['a run', 5, [1]],
    ['an observation', 15, [14]],
    ['a drill', 17, [14]],
    ['a switch', 20, [20]],
    ['a change', 8, []],
  ])('of %s alone has what had brought the lab into its mode', async (_, only, setUps) => {
    const report = await handmadeReport({ only });
    expect(report.setUps.map(({ entry }) => entry)).toEqual(setUps);
  });

  it('of a comparison has the loads, observations and switches that it is made of', async () => {
    const whole = await handmadeReport();
    const [comparison] = whole.comparisons;
    const report = await handmadeReport({ only: comparison!.entry });
    expect(counts(report)).toMatchObject({ runs: 6, observations: 3, comparisons: 1, setUps: 5, changes: 0 });
    const runs = comparison!.madeOf.flatMap((made) => made.runs);
    expect(report.runs.map(({ entry }) => entry).toSorted()).toEqual(runs.toSorted());
  });

  it('says that there is no such entry', async () => {
    await expect(handmadeReport({ only: 99 })).rejects.toMatchObject({ code: 'not-found' });
    const nothing = handmadeReport({ only: 1 }, { entries: [] });
    await expect(nothing).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each(reportParts)(
    'has nothing of the part %s where it is left out, and all of the others',
    async (part) => {
      const parts = reportParts.filter((each) => each !== part);
      const [whole, report] = [await handmadeReport(), await handmadeReport({ parts: parts.toReversed() })];
      expect(report.parts).toEqual(parts);
      const own: Partial<Record<string, readonly (keyof Report)[]>> = {
        'set-ups': ['setUps'],
        runs: ['runs', 'drills'],
        evidence: ['observations'],
        switches: ['switches'],
        comparisons: ['comparisons'],
        changes: ['changes'],
        notes: ['notes'],
        machines: ['facts'],
      };
      const gone = own[part] ?? [];
      for (const key of gone) expect(JSON.stringify(report[key])).toMatch(/^(\[\]|""|.*"system":null.*)$/);
      for (const key of Object.values(own).flatMap((keys) => keys ?? [])) {
        if (!gone.includes(key)) expect(report[key]).toEqual(whole[key]);
      }
    },
  );

  it('is called after the lab where it has no title, and says who and when', async () => {
    const details = { title: null, author: null, notes: '' };
    const report = await handmadeReport({}, { details });
    expect(report).toMatchObject({
      title: 'demo',
      author: null,
      notes: '',
      writtenAt: handmadeNow.toISOString(),
    });
  });

  it('shows no step how it is undone', async () => {
    const { setUps } = await handmadeReport();
    expect(setUps.flatMap(({ steps }) => steps).filter((step) => 'undo' in step)).toEqual([]);
    expect(setUps[0]?.steps[0]).toHaveProperty('commands');
  });

  it('tells the story of a request that was answered', async () => {
    const source = await handmadeSource();
    const entries = source.entries.map((entry) => {
      if (entry.id !== 3) return entry;
      const result = entry.result as { stories: { outcome: string }[] };
      const stories = result.stories.map((story, at) => (at === 0 ? { ...story, outcome: 'reset' } : story));
      return { ...entry, result: { ...result, stories } };
    });
    const report = await handmadeReport({ only: 3 }, { entries });
    expect(report.observations[0]?.story).toMatchObject({ number: 2, outcome: 'answered' });
  });
});
