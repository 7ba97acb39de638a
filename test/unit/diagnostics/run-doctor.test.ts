import { describe, expect, it } from 'vitest';
import { doctorReportSchema } from '../../../src-main/contract/doctor.ts';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import { runDoctor } from '../../../src-main/diagnostics/run-doctor.ts';
import { fakeChecker, fakeContext, fine } from './fake-context.ts';

const context = fakeContext();
const { signal } = new AbortController();
const bad = { status: 'failed', what: 'Bad.', remedy: 'Mend it.' } as const;
const mend = () => Promise.resolve();

describe('runDoctor', () => {
  it('reports in the checkers’ order, and hands each result over as it is found', async () => {
    const first = Promise.withResolvers<typeof fine>();
    const seen: string[] = [];
    const report = await runDoctor({
      context,
      signal,
      checkers: [fakeChecker('slow', () => first.promise), fakeChecker('quick', fine)],
      onResult: ({ id }) => {
        seen.push(id);
        if (id === 'quick') first.resolve(fine);
      },
    });
    expect(seen).toEqual(['quick', 'slow']);
    expect(report.checks.map(({ id }) => id)).toEqual(['slow', 'quick']);
    expect(doctorReportSchema.parse(report)).toEqual(report);
  });

  it('is ready with a warning, and not with a failure', async () => {
    const warning = fakeChecker('warn', { status: 'warning', what: 'Slow.' });
    expect((await runDoctor({ context, signal, checkers: [warning] })).ready).toBe(true);
    const checkers = [warning, fakeChecker('bad', bad)];
    expect((await runDoctor({ context, signal, checkers })).ready).toBe(false);
  });

  it('says what --fix can mend: bad findings of checkers that mend, unless this very one cannot be', async () => {
    const checkers = [
      fakeChecker('mendable', bad, mend),
      fakeChecker('without-fix', bad),
      fakeChecker('not-this-one', { ...bad, fixable: false }, mend),
      fakeChecker('fine', fine, mend),
    ];
    const { checks } = await runDoctor({ context, signal, checkers });
    expect(checks.filter(({ fixable }) => fixable).map(({ id }) => id)).toEqual(['mendable']);
  });

  it('makes a failed result of what a checker throws', async () => {
    const checkers = [
      fakeChecker('expected', () =>
        Promise.reject(
          new LabError('libvirt-away', 'libvirt is away.', { why: 'No socket.', remedy: 'Start it.' }),
        ),
      ),
      fakeChecker('unexpected', () => Promise.reject(new TypeError('undefined is no function'))),
      fakeChecker('fine', fine),
    ];
    const { checks } = await runDoctor({ context, signal, checkers });
    expect(checks).toMatchObject([
      { status: 'failed', what: 'libvirt is away. No socket.', remedy: 'Start it.' },
      { status: 'failed', what: expect.stringContaining('undefined is no function') as string },
      { status: 'ok' },
    ]);
  });

  it('does not wait for a checker that never ends', async () => {
    const checkers = [fakeChecker('hangs', () => Promise.withResolvers<typeof fine>().promise, mend)];
    const { checks } = await runDoctor({ context, signal, checkers, timeLimit: 20 });
    expect(checks).toMatchObject([{ status: 'failed', fixable: false }]);
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const checkers = [fakeChecker('hangs', () => Promise.withResolvers<typeof fine>().promise)];
    const report = runDoctor({ context, signal: controller.signal, checkers });
    controller.abort();
    await expect(report).rejects.toMatchObject({ code: 'cancelled' });
  });
});
