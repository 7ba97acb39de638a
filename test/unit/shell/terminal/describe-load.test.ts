import { stripVTControlCharacters } from 'node:util';
import { afterEach, expect, it, vi } from 'vitest';
import { message } from '../../../../src-main/contract/message.ts';
import type { LoadRun } from '../../../../src-main/contract/load.ts';
import { describeLoad } from '../../../../src-main/shell/terminal/describe-result.ts';
import { endOfLoad } from '../../../../src-main/shell/terminal/load-options.ts';

const words = (text: string) => message('of.a.test', text);
const promise = {
  ...{ promised: words('in turns'), observed: words('rs1 1, rs2 1'), shares: null, refusals: [] },
};

function run(change: Partial<LoadRun> = {}): LoadRun {
  return {
    ...{ requests: 2, failed: 0, failures: {}, byServer: { rs1: 1, rs2: 1 }, sequence: ['rs1', 'rs2'] },
    ...{ latencyMs: { p50: 1, p95: 2, p99: 2 }, ratePerSecond: 10 },
    ...{ unattributed: 0, failedAt: {}, pages: { rs1: { rs1: 1 } }, remarks: [] },
    service: { verdict: 'all-answered', words: words('All answered.'), causes: [] },
    bySource: { '10.10.0.200': { rs1: 1, rs2: 1 } },
    promise: { ...promise, verdict: 'as-promised', words: words('In order.') },
    ...change,
  };
}

function told(change: Partial<LoadRun>): string {
  const load = {
    ...{ lab: 'demo', mode: 'dr', scheduler: 'rr', run: run(change) },
    counters: { conns: 2, inPkts: 8, outPkts: 0 },
  };
  return stripVTControlCharacters(describeLoad(load).join('\n'));
}

afterEach(() => void vi.restoreAllMocks());

it('tells the verdict in words, and that a run is too short', () => {
  expect(told({})).toMatch(
    /service +✓ All answered\.\n +promised +in turns\n +schedule +✓ scheduled as promised: In order\./,
  );
  const short = 'Too short to judge: 4 requests are needed.';
  expect(told({ promise: { ...promise, verdict: 'too-short', words: words(short) } })).toContain(
    `too short to tell: ${short}`,
  );
});

it('tells who answered each source, where there are several', () => {
  expect(told({})).not.toContain('from');
  const bySource = { '10.10.0.254': { rs1: 1 }, '10.10.0.253': {} };
  expect(told({ bySource })).toMatch(/10\.10\.0\.254: rs1 1\n.*10\.10\.0\.253: no reply/);
});

it('tells the failures of the service first, with their causes, and what pages said of another machine', () => {
  const failing = told({
    service: { verdict: 'some-failed', words: words('1 of 2 failed.'), causes: [words('rs2 is full.')] },
    pages: { rs1: { RS2: 1 } },
    remarks: [words('The page names rs2.')],
  });
  expect(failing).toMatch(/service +✗ 1 of 2 failed\.\n +rs2 is full\.\n +promised/);
  expect(failing).toMatch(/pages +rs1 “RS2”\n +remark +The page names rs2\./);
});

it('ends as not as promised when a request failed or the promise was broken, and only then', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(endOfLoad(run())).toBe(0);
  expect(endOfLoad(run({ promise: { ...promise, verdict: 'too-short', words: words('Too short.') } }))).toBe(
    0,
  );
  expect(write).not.toHaveBeenCalled();
  expect(
    endOfLoad(run({ promise: { ...promise, verdict: 'not-as-promised', words: words('All to rs1.') } })),
  ).toBe(4);
  expect(endOfLoad(run({ failed: 1, failures: { timeout: 1 }, sequence: ['rs1', null] }))).toBe(4);
  const said = write.mock.calls.map(([text]) => String(text));
  expect(said).toEqual([
    'Not as promised: All to rs1.\n',
    'Not as promised: 1 of 2 requests failed (timeout 1), the first was number 2. In order.\n',
  ]);
});
