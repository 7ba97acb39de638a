import { describe, expect, it } from 'vitest';
import { labViewSchema, switchPlanSchema } from '../../../src-main/contract/lab-view.ts';
import type { MachineCondition } from '../../../src-main/contract/machine.ts';
import { templateListSchema } from '../../../src-main/contract/templates.ts';
import { createStartTimes, isPreparation } from '../../../src-main/desk/starts.ts';
import { listTemplateCards } from '../../../src-main/desk/templates.ts';
import { switchPlanView, viewOfRecord } from '../../../src-main/desk/view-of-record.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { madeUpRecord } from './made-up-record.ts';

const template = await loadTemplate(templatesFolder(), 'three-modes');

describe('a view of a lab', () => {
  const record = madeUpRecord(template);
  const uuids = record.plan.nodes.map(({ uuid }) => uuid);
  const running: MachineCondition = { state: 'running', reason: null, known: true };
  const machines = new Map(uuids.map((uuid) => [uuid, running]));
  const view = viewOfRecord(record, template, machines);

  it('is of the contract, and tells each step with what became of it', () => {
    expect(labViewSchema.parse(view)).toEqual(view);
    const ofDirector = view.steps.filter(({ node }) => node === 'director');
    expect(ofDirector[0]).toMatchObject({ state: 'applied', milliseconds: 7, undo: ['undo on director'] });
    expect(ofDirector[0]!.ran.at(-1)).toMatchObject({ stage: 'command', output: 'director did' });
    expect(ofDirector[1]).toMatchObject({ state: null, milliseconds: null, ran: [] });
    expect(ofDirector[1]!.why.en).not.toBe('');
    const rules = ofDirector.find(({ id }) => id === 'virtual-service');
    expect(rules?.keep).toContain('systemctl enable ipvsadm');
  });

  it('may come from a core that tells nothing of how steps are kept', () => {
    const steps = view.steps.map((step) => ({ ...step, keep: undefined }));
    expect(labViewSchema.parse({ ...view, steps }).steps.every(({ keep }) => keep.length === 0)).toBe(true);
  });

  it('has its modes, its service and what is wrong with its cables', () => {
    expect(view.modes.map(({ name }) => name)).toEqual(Object.keys(template.modes));
    expect(view).toMatchObject({ mode: 'dr', state: 'ready', impairments: { 'rs1:eth0': {} } });
    expect(view.service).toMatchObject({ vip: template.virtualService.vip, scheduler: 'rr' });
  });

  it('tells which machines run: without one of them it is degraded', () => {
    const without = viewOfRecord(record, template, new Map([...machines].slice(1)));
    expect(without.nodes.map((node) => node.running)).toEqual([false, true, true, true]);
    expect(without.state).toBe('degraded');
  });

  it('does not call a lab ready whose machine is paused', () => {
    const paused: MachineCondition = { state: 'paused', reason: 'user', known: true };
    const halted = viewOfRecord(record, template, new Map([...machines, [uuids[1]!, paused]]));
    expect(halted.nodes[1]).toMatchObject({ running: false, condition: paused });
    expect(halted.state).toBe('degraded');
  });
});

describe('the plan of a switch', () => {
  it('goes from what the record says was done to what the other mode wants', () => {
    const record = madeUpRecord(template);
    const plan = switchPlanView(record, template, 'nat');
    expect(switchPlanSchema.parse(plan)).toEqual(plan);
    expect(plan).toMatchObject({ from: 'dr', to: 'nat' });
    expect(plan.moves).toContainEqual({ node: 'rs1', nic: 'eth0', from: 'lan', to: 'backend' });
    const handled = [...plan.undo, ...plan.keep.filter(({ state }) => state === 'applied')];
    expect(handled.map(({ node }) => node).sort()).toEqual(record.applied.map(({ node }) => node).sort());
    for (const step of plan.apply) expect(step).toMatchObject({ state: null, ran: [] });
    expect(plan.apply.find(({ id }) => id === 'ip-forward')?.keep.join('')).toContain('/etc/sysctl.d/');
  });

  it('is refused for a mode that the template has not', () => {
    expect(() => switchPlanView(madeUpRecord(template), template, 'natt')).toThrow(/no mode 'natt'/);
  });
});

describe('templates as cards', () => {
  it('are of the contract, with the nodes of each mode and what starts took here', async () => {
    const starts = createStartTimes(temporaryFolder());
    for (const time of [9000, 3000, 4000]) await starts.add('three-modes', time);
    const list = await listTemplateCards(templatesFolder(), starts);
    expect(templateListSchema.parse(list)).toEqual(list);
    expect(list.broken).toEqual([]);
    const card = list.templates.find(({ name }) => name === 'three-modes');
    expect(card).toMatchObject({ startMs: 4000, realServers: { count: 2 } });
    const director = card!.modes.map(({ name, nodes }) => [name, nodes[0]!.nics[1]!.segment]);
    expect(director).toContainEqual(['dr', null]);
    expect(director).toContainEqual(['nat', 'backend']);
    expect(list.templates.find(({ name }) => name === 'routed')?.startMs).toBeNull();
  });
});

describe('the times of starts', () => {
  it('are kept over a restart, the last twenty of each template', async () => {
    const folder = temporaryFolder();
    const starts = createStartTimes(folder);
    await Promise.all(Array.from({ length: 21 }, () => starts.add('a', 1000)));
    for (let more = 0; more < 10; more++) await createStartTimes(folder).add('a', 2000);
    expect((await createStartTimes(folder).medians()).get('a')).toBe(1500);
  });

  it('leave out a start that had to make what the next ones use', () => {
    const step = { title: '', state: 'done' as const };
    const all = ['host', 'image.wait', 'warm', 'seal', 'boot'].map((id) =>
      isPreparation({ ...step, step: id }),
    );
    expect(all).toEqual([false, true, true, true, false]);
    expect(isPreparation({ ...step, step: 'warm', state: 'skipped' })).toBe(false);
  });
});
