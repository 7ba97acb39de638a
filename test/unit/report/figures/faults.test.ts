import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../../src-main/contract/journal.ts';
import { reportParts } from '../../../../src-main/contract/report.ts';
import { faultsOf } from '../../../../src-main/report/figures/faults.ts';
import { renderMarkdown } from '../../../../src-main/report/render/render-markdown.ts';
import { handmadeReport } from '../../../support/report-source.ts';

type Done = readonly [verb: string, request: object, result?: unknown];

const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 9, minute)).toISOString();

/** One act a minute, from minute 1 on. */
function journalOf(acts: readonly Done[]): JournalEntry[] {
  return acts.map(([verb, request, result = null], index) => ({
    ...{ id: index + 1, at: at(index + 1), mode: 'nat', verb, request: { verb, ...request }, result },
    ...{ milliseconds: 5, error: null, samples: 0 },
  }));
}

const reportOf = (acts: readonly Done[], parts = [...reportParts]) =>
  handmadeReport({ parts }, { entries: journalOf(acts) });

/** Of each fault, the minute in which it was mended. */
async function mendedOf(acts: readonly Done[]) {
  const faults = faultsOf(await reportOf(acts));
  return faults.map(({ mendedAt }) => mendedAt && new Date(mendedAt).getUTCMinutes());
}

const rs2 = { node: 'rs2' };
const cut: Done = ['impair', { ...rs2, nic: 'eth0', impairment: { cut: true } }];
const out: Done = ['moveCable', { ...rs2, segment: null }];
const off: Done = ['stopNode', rs2];
const unserved: Done = ['nodeService', { ...rs2, does: 'stop' }];
const mend = (what: string, given: object): Done => [
  'mend',
  { ...rs2, what },
  { ...rs2, what, steps: 0, ran: [], cables: [], started: false, ...given },
];
const ran = [
  { node: 'rs2', title: 'Serve', command: 'systemctl start nginx', exitCode: 0, output: '' },
  { node: 'rs2', title: 'Look', command: 'ss -ltn', exitCode: 0, output: '' },
  { node: 'router', title: 'Forget', command: 'ip neigh flush all', exitCode: 0, output: '' },
];
const switched = (to: string | null): Done => [
  'switch',
  { mode: 'dr' },
  {
    ...{ from: 'nat', to: 'dr', undone: 0, kept: 0, applied: 0, milliseconds: 1, gap: null },
    moves: [{ node: 'rs2', nic: 'eth0', from: null, to }],
  },
];

describe('what was broken on purpose', () => {
  it.each<[string, Done, Done]>([
    ['a cable, by the verb that mends', cut, mend('cables', { cables: ['rs2:eth0'] })],
    ['a cable, by another impairment', cut, ['impair', { ...rs2, impairment: { from: { loss: 0.1 } } }]],
    ['a cable, by none', cut, ['impair', { ...rs2, impairment: null }]],
    ['a cable that was out, by the verb that mends', out, mend('reach', { cables: ['rs2:eth0'] })],
    ['a cable that was out, by a switch', out, switched('backend')],
    ['a machine, by the verb that mends', off, mend('reach', { started: true })],
    ['a service', unserved, ['nodeService', { ...rs2, does: 'start' }]],
    ['a service, by its machine’s restart', unserved, ['restartNode', rs2]],
    ['a service, by the recipe', unserved, mend('steps', { steps: 3, ran })],
    ['anything, by a reset', unserved, ['reset', {}, { seconds: 1 }]],
  ])('was mended: %s', async (_what, broken, mended) => {
    expect((await mendedOf([broken, ['drift', {}], mended]))[0]).toBe(3);
  });

  it.each<[string, Done, Done]>([
    ['by what mends another machine', cut, mend('cables', { cables: ['rs1:eth0'] })],
    ['a cable that is out, by what makes one as good as new', out, ['impair', { ...rs2, impairment: null }]],
    ['by a switch that leaves it out', out, switched(null)],
    ['a machine, by what found it running', off, mend('reach', {})],
    ['a service, by another one', unserved, ['nodeService', { node: 'rs1', does: 'start' }]],
  ])('was not mended: %s', async (_what, broken, other) => {
    expect(await mendedOf([broken, other])).toEqual([null]);
  });

  it('was mended by what the report leaves out', async () => {
    const acts = [out, cut, switched('backend'), ['reset', {}, {}] as const];
    const report = await reportOf(acts, ['changes']);
    expect(faultsOf(report).map(({ mendedAt }) => mendedAt)).toEqual([at(3), at(4)]);
  });

  it('is told of a service', async () => {
    expect(renderMarkdown(await reportOf([unserved]))).toMatch(/rs2: its service stopped +\| \*not mended\*/);
  });
});

describe('what was run to put a lab right', () => {
  it('is told of a mending, with the cables and the machine', async () => {
    const report = await reportOf([mend('steps', { steps: 3, ran })]);
    const commands = ['# rs2', 'systemctl start nginx', 'ss -ltn', '# router', 'ip neigh flush all'];
    expect(report.changes[0]?.commands).toEqual(commands);
    const reached = renderMarkdown(
      await reportOf([mend('reach', { cables: ['rs2:eth0', 'rs2:eth1'], started: true })]),
    );
    expect(reached).toContain('rs2 was off, and was started.');
    expect(reached).toContain('Cables as good as new, or back in their segment: rs2:eth0, rs2:eth1.');
    expect(renderMarkdown(await reportOf([mend('steps', { steps: 3 })]))).toContain(
      'Everything held already: nothing had to be done.',
    );
  });

  it('is told of machines that forgot the VIP', async () => {
    const command = 'ip neigh flush to 10.0.0.100';
    const nodes = [{ node: 'client', command, had: 'REACHABLE' }];
    const report = await reportOf([['forgetArp', {}, { vip: '10.0.0.100', nodes }]]);
    expect(report.changes[0]?.commands).toEqual(['# client', command]);
    expect(renderMarkdown(report)).toContain(command);
  });
});
