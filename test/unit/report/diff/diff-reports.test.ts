import { beforeAll, describe, expect, it } from 'vitest';
import { diffReports } from '../../../../src-main/report/diff/diff-reports.ts';
import { differences } from '../../../../src-main/report/diff/differences.ts';
import type { Report } from '../../../../src-main/report/model/report.ts';
import { handmadeReport } from '../../../support/report-source.ts';

let report: Report;
beforeAll(async () => {
  report = await handmadeReport();
});

function changed(change: (copy: Report) => void): Report {
  const copy = structuredClone(report);
  change(copy);
  return copy;
}

describe('two reports of one lab', () => {
  it('are the same whenever and in whatever language they were written', () => {
    const other = changed((copy) => {
      copy.language = 'ja';
      copy.writtenAt = '2027-01-01T00:00:00.000Z';
    });
    expect(diffReports(report, other)).toEqual({ sameLab: true, differences: [] });
  });

  it('differ in a figure that is named, with both values', () => {
    const other = changed((copy) => void Object.assign(copy.runs[1]?.figures ?? {}, { failed: 7 }));
    expect(diffReports(report, other).differences).toEqual([
      { where: 'run of entry 5, figures, failed', left: 0, right: 7 },
    ]);
  });

  it('differ in one more load as in one thing, wherever it stands', () => {
    const other = changed((copy) => void copy.runs.splice(1, 1));
    const [only, ...more] = diffReports(other, report).differences;
    expect(only).toMatchObject({ where: 'run of entry 5', left: undefined });
    expect(more).toEqual([]);
  });

  it('differ in an order', () => {
    const other = changed((copy) => void copy.observations[0]?.claims.reverse());
    expect(diffReports(report, other).differences).toMatchObject([
      { where: 'observation of entry 3, claims, the order' },
    ]);
  });
});

it('holds what was done in two labs against each other by its order', () => {
  const other = changed((copy) => {
    copy.lab.id = 'another';
    for (const act of [...copy.runs, ...copy.observations]) act.entry += 40;
    Object.assign(copy.runs[2]?.counters ?? {}, { conns: 1 });
  });
  const { sameLab, differences: found } = diffReports(report, other);
  expect(sameLab).toBe(false);
  expect(found.map(({ where }) => where)).toEqual(['lab, id', 'run of entry 3, counters, connections']);
});

describe('differences of plain values', () => {
  it('are none between numbers that differ by how a logarithm was rounded', () => {
    expect(differences({ pValue: 0.12345678901 }, { pValue: 0.12345678902 })).toEqual([]);
    expect(differences({ pValue: 0.1234567 }, { pValue: 0.1234568 })).toHaveLength(1);
    expect(differences({ at: 1e15 }, { at: 1e15 + 1 })).toHaveLength(1);
  });

  it('tell names of a lab from our own words', () => {
    expect(differences({ byServer: { failed: 1 } }, { byServer: { failed: 2 } })).toEqual([
      { where: 'answers by server, “failed”', left: 1, right: 2 },
    ]);
  });

  it('find what an object has only by its prototype missing', () => {
    expect(differences({}, JSON.parse('{"__proto__": 1, "toString": 2}'))).toHaveLength(2);
  });

  it('tell a value apart from a list, and a list from nothing', () => {
    expect(differences({ runs: [] }, { runs: {} })).toHaveLength(1);
    expect(differences({ runs: [1] }, { runs: [] })).toEqual([{ where: 'run 1', left: 1, right: undefined }]);
  });
});
