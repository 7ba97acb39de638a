import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Verification } from '../../../../src-main/report/verify/verification.ts';
import {
  describeReportDiff,
  describeVerification,
  exitCodeOfVerification,
} from '../../../../src-main/shell/terminal/describe-verification.ts';

const verification: Verification = {
  ...{ file: 'a.zip', form: 'bundle', outcome: 'does-not-hold', omitted: 3 },
  report: {
    ...{ title: 'A \u001b[31mlab\u202e', author: null, lab: 'demo', template: 'three-modes' },
    ...{ writtenAt: '2026-01-05T11:00:00.000Z', language: 'en', product: 'LVS Lab 1.0.0' },
  },
  findings: [
    { file: 'report.json', what: 'run of entry 3, figures, failed', expected: '0', found: '1' },
    { file: 'runs/3.csv', what: 'the file', expected: 'in the bundle', found: 'missing' },
  ],
  checked: ['All of it.'],
  unchecked: ['Scripts.'],
  limits: 'It does not show who wrote it.',
};

describe('a verification in the terminal', () => {
  const words = stripVTControlCharacters(describeVerification(verification));

  it('names what does not hold, file by file, with what was expected and found', () => {
    expect(words).toContain('✗ It does not hold.');
    expect(words).toMatch(
      /report\.json\n {2}run of entry 3, figures, failed\n {4}expected 0\n {4}found {4}1\n/,
    );
    expect(words).toContain('3 more findings');
    expect(words).toMatch(/Not checked:\n {2}Scripts\./);
    expect(words.endsWith('It does not show who wrote it.')).toBe(true);
  });

  it('shows what others wrote without letting it steer the terminal', () => {
    expect(words).toContain(String.raw`A \u{1b}[31mlab\u{202e}, without an author`);
  });

  it('ends with 0 only where it holds', () => {
    const codes = (['holds', 'does-not-hold', 'cannot-tell'] as const).map((outcome) =>
      exitCodeOfVerification({ outcome }),
    );
    expect(codes).toEqual([0, 4, 4]);
  });
});

describe('a diff in the terminal', () => {
  it('shows both values', () => {
    const found = { sameLab: false, differences: [{ where: 'title', left: 'a', right: undefined }] };
    expect(stripVTControlCharacters(describeReportDiff(found))).toMatch(
      /two labs.*\ntitle\n {2}- a\n {2}\+ nothing$/s,
    );
    expect(describeReportDiff({ sameLab: true, differences: [] })).toBe('The reports tell the same.');
  });
});
