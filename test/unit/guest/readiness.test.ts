import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import { waitUntilReady, type ReadinessProbe } from '../../../src-main/guest/readiness.ts';

function probe(id: string, run: ReadinessProbe['probe'], fatal = true): ReadinessProbe {
  return { id, description: `the ${id}`, hint: `mend the ${id}`, fatal, probe: run };
}

const passes = (id: string) => probe(id, () => Promise.resolve());
const never = (id: string, fatal?: boolean) =>
  probe(
    id,
    (signal, note) => {
      note('still dark');
      return pause(60_000, undefined, { signal });
    },
    fatal,
  );

describe('waitUntilReady', () => {
  it('goes through the probes in order', async () => {
    const outcomes = await waitUntilReady([passes('one'), passes('two')], { node: 'rs1', timeout: 1000 });
    expect(outcomes).toMatchObject([
      { id: 'one', passed: true },
      { id: 'two', passed: true },
    ]);
  });

  it('says which probe failed at the time limit, why, and what to do', async () => {
    const waiting = waitUntilReady([passes('one'), never('light')], { node: 'rs1', timeout: 50 });
    await expect(waiting).rejects.toMatchObject({
      code: 'guest-unreachable',
      message: expect.stringContaining('the light') as string,
      details: { node: 'rs1', step: 'light', why: 'still dark', remedy: 'mend the light' },
    });
  });

  it('passes a fatal error on as it is', async () => {
    const mismatch = new LabError('host-key-mismatch', 'another machine');
    const probes = [probe('login', () => Promise.reject(mismatch))];
    await expect(waitUntilReady(probes, { node: 'rs1', timeout: 1000 })).rejects.toBe(mismatch);
  });

  it('goes on after a probe that is not fatal', async () => {
    const extra = probe('extra', () => Promise.reject(new Error('no such unit')), false);
    const outcomes = await waitUntilReady([extra, passes('two')], { node: 'rs1', timeout: 1000 });
    expect(outcomes).toMatchObject([{ id: 'extra', passed: false, why: 'no such unit' }, { passed: true }]);
  });

  it('is cancelled, even in a probe that is not fatal', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = waitUntilReady([never('light', false)], { node: 'rs1', timeout: 60_000, signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });
});
