import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../src-main/contract/progress.ts';
import { fixAll } from '../../../src-main/diagnostics/fix-all.ts';
import { fakeChecker, fakeContext, fine } from './fake-context.ts';

const context = fakeContext();
const bad = { status: 'failed', what: 'Bad.' } as const;

/** A checker of something that is bad until it is mended. */
function mendable(id: string, order: string[]) {
  let mended = false;
  return fakeChecker(
    id,
    () => Promise.resolve(mended ? fine : bad),
    () => {
      order.push(id);
      mended = true;
      return Promise.resolve();
    },
  );
}

function fix(checkers: ReturnType<typeof fakeChecker>[]) {
  const steps: Progress[] = [];
  const onProgress = (progress: Progress) => {
    steps.push(progress);
  };
  return { steps, report: fixAll({ context, signal: new AbortController().signal, checkers, onProgress }) };
}

describe('fixAll', () => {
  it('mends what is bad, in the checkers’ order, and looks anew', async () => {
    const order: string[] = [];
    const { report } = fix([
      mendable('daemon', order),
      fakeChecker('fine', fine, () => Promise.reject(new Error('not asked for'))),
      mendable('image', order),
    ]);
    expect((await report).ready).toBe(true);
    expect(order).toEqual(['daemon', 'image']);
  });

  it('tells what could not be mended, and goes on', async () => {
    const order: string[] = [];
    const stubborn = fakeChecker('stubborn', bad, () => Promise.reject(new Error('no room')));
    const { steps, report } = fix([stubborn, mendable('image', order)]);
    expect((await report).checks.map(({ status }) => status)).toEqual(['failed', 'ok']);
    expect(order).toEqual(['image']);
    expect(steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'fix-stubborn running',
      'fix-stubborn failed',
      'fix-image running',
      'fix-image done',
    ]);
    expect(steps[1]?.detail).toContain('no room');
  });
});
