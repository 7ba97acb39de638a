import { expect, it } from 'vitest';
import { message } from '../../../src-main/contract/message.ts';
import { serviceVerdict } from '../../../src-main/traffic/service-verdict.ts';

const full = message('of.a.test', 'The director refused 6 connections: all are full.');

it('is of the client alone, whatever the scheduler did', () => {
  const answered = serviceVerdict({ requests: 40, failed: 0, failures: {}, failedAt: {} }, []);
  expect(answered).toMatchObject({ verdict: 'all-answered', causes: [] });
  expect(answered.words.text).toBe('All 40 requests were answered.');
});

it('tells how requests failed, why the director refused, and where the others had gone', () => {
  const failures = { refused: 6, timeout: 2 };
  const { verdict, words, causes } = serviceVerdict(
    { requests: 40, failed: 8, failures, failedAt: { rs2: 2 } },
    [full],
  );
  expect(verdict).toBe('some-failed');
  expect(words.text).toBe('8 of 40 requests failed: 6 refused and 2 timeout.');
  expect(causes.map(({ text }) => text)).toEqual([
    full.text,
    'Of the failed requests the director had handed on: rs2 2.',
  ]);
});

it('says that nothing was answered', () => {
  const { verdict, words } = serviceVerdict(
    { requests: 3, failed: 3, failures: { timeout: 3 }, failedAt: {} },
    [],
  );
  expect(verdict).toBe('none-answered');
  expect(words.text).toContain('None of 3 requests');
});
