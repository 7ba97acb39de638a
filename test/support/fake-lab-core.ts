import { setTimeout as delay } from 'node:timers/promises';
import type { JournalEntry } from '../../src-main/contract/journal.ts';
import type { LabView } from '../../src-main/contract/lab-view.ts';
import { LabError } from '../../src-main/contract/lab-error.ts';
import type { LabListing } from '../../src-main/contract/labs.ts';
import { changesSince } from '../../src-main/lab/changes-since.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import { schedulerCatalogue } from '../../src-main/ipvs/scheduler-catalogue.ts';
import { asDone } from '../../src-main/plan/draft-plan.ts';
import { planSwitch } from '../../src-main/plan/plan-switch.ts';
import type { LabTemplate } from '../../src-main/template/lab-template.ts';
import { createReportsCore } from '../../src-main/desk/reports.ts';
import { printPage } from '../../src-main/process/print-page.ts';
import type { AppCore } from '../../src-main/shell/core.ts';
import { fakeCore } from '../unit/shell/fake-core.ts';
import { fakeAct } from './fake/fake-act.ts';
import { fakeBatch } from './fake/fake-frames.ts';
import { fakeImagesCore } from './fake/fake-images.ts';
import { fakeEntry } from './fake/fake-journal.ts';
import { fakeSamples } from './fake/fake-load.ts';
import { fakeNodes } from './fake/fake-nodes.ts';
import { fakeCard, fakeTemplate, fakeView, stepsOf, toStepView } from './fake/fake-plan.ts';
import { fakeShelf } from './fake/fake-reports.ts';
import { fakeWire } from './fake/fake-wire.ts';
import { createFakeTasks, stepThrough } from './fake/fake-tasks.ts';
import snapshot from './fake/ipvs-snapshot.json' with { type: 'json' };
import { ipvsSnapshotSchema } from '../../src-main/contract/ipvs.ts';

/** A fake lab as the core behind the page has it. */
export interface FakeLab {
  view: LabView;
  /** Nodes in whose shells something was typed: what the recipe wants does not hold on them until it is mended. */
  readonly drifted: Set<string>;
  readonly template: LabTemplate;
}

/**
 * A core for tests of the page, and for looking at it: one lab `demo` runs, others can be started. Everything is made
 * up but shaped by the contract and by the real templates and recipes; nothing of it claims that a lab works.
 */
export async function fakeLabCore(
  own: Partial<AppCore> = {},
  { realServers }: { realServers?: number } = {},
): Promise<AppCore> {
  const labs = new Map<string, FakeLab>();
  const add = async (name: string, templateName: string, mode: string) => {
    const template = await fakeTemplate(
      templateName,
      templateName === 'three-modes' ? realServers : undefined,
    );
    labs.set(name, { template, view: fakeView(template, mode, name), drifted: new Set() });
  };
  await add('demo', 'three-modes', 'dr');
  /** What was done, and typed in shells, here. */
  const done: { readonly lab: string; readonly entry: JournalEntry }[] = [];
  const typed: Record<string, string> = {};
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const tasks = createFakeTasks(changed);
  /** Tells at once, and after each change. */
  const onChange = async (tell: () => boolean, signal: AbortSignal) => {
    const ended = Promise.withResolvers<undefined>();
    const listener = () => {
      if (!tell()) ended.resolve(undefined);
    };
    signal.addEventListener('abort', () => {
      ended.resolve(undefined);
    });
    listeners.add(listener);
    listener();
    await ended.promise;
    listeners.delete(listener);
  };
  const labOf = (name: string): FakeLab => {
    const lab = labs.get(name);
    if (!lab) throw new LabError('not-found', `There is no lab '${name}'.`);
    return lab;
  };
  const start = (name: string, template: string, mode: string) =>
    tasks.begin(name, 'start', async (work) => {
      const nodes = ['director', 'rs1', 'rs2', 'client'];
      await stepThrough(work, [undefined], [['host', 'Look at this host', 100]]);
      await stepThrough(work, nodes, [
        ['start', 'Start the virtual machine', 600],
        ['boot', 'Wait until it answers', 400],
        ['recipe', 'Set up its part', 700],
      ]);
      await add(name, template, mode);
    });
  let settings: Settings = {};
  return fakeCore({
    readSettings: async () => settings,
    saveSettings: async ({ choices, ...others }) => {
      settings = { ...settings, ...others, choices: { ...settings.choices, ...choices } };
      return settings;
    },
    listTemplates: async () => ({
      templates: [
        fakeCard(await fakeTemplate('three-modes'), 3900),
        fakeCard(await fakeTemplate('routed'), null),
      ],
      broken: [],
    }),
    images: fakeImagesCore(),
    labs: {
      watch: (onItem, signal) =>
        onChange(() => {
          onItem({ labs: [...labs.values()].map(toListing), tasks: structuredClone(tasks.tasks) });
          return true;
        }, signal),
      start: async ({ template, mode, name }) => {
        const { modes } = await fakeTemplate(template);
        return start(name ?? template, template, mode ?? Object.keys(modes)[0] ?? 'dr');
      },
      compare: async () =>
        tasks.begin('compare', 'compare', (work) =>
          stepThrough(work, [undefined], [['round', 'Round 1 of 1', 500]]),
        ),
      act: async ({ lab, request }) =>
        tasks.begin(
          lab,
          request.verb,
          async (work) => {
            const at = new Date().toISOString();
            const result = await fakeAct(labOf(lab), request, work);
            done.push({ lab, entry: fakeEntry(done.length + 1, at, request, result) });
            return result;
          },
          request.verb === 'load' ? request.load : null,
        ),
      remove: async (lab) =>
        tasks.begin(lab, 'remove', async () => {
          await delay(300);
          labs.delete(lab);
        }),
      cancel: (task) => tasks.cancel(task),
      result: (task) => tasks.result(task),
      samples: async (task, onItem, signal) => {
        let told = 0;
        await onChange(() => {
          const all = tasks.samplesOf(task);
          for (; told < all.length; told++) onItem(all[told]!);
          return tasks.isRunning(task);
        }, signal);
      },
      view: (lab, onItem, signal) =>
        onChange(() => {
          const known = labs.get(lab);
          if (!known && !tasks.tasks.some((task) => task.lab === lab)) labOf(lab);
          if (known) onItem(structuredClone(known.view));
          return known !== undefined;
        }, signal),
      planSwitch: async (lab, to) => {
        const { template, view } = labOf(lab);
        const [before, after] = [stepsOf(template, view.mode), stepsOf(template, to)];
        const change = planSwitch(
          { before: before.plan, after: after.plan },
          asDone(before.steps),
          after.steps,
        );
        const titles = new Map(before.steps.map((step) => [`${step.node} ${step.id}`, step.title.en]));
        return {
          ...{ from: view.mode, to, moves: [...change.moves] },
          undo: change.undo.map(({ node, id, undo }) => ({
            ...{ node, id, commands: [...undo] },
            title: titles.get(`${node} ${id}`) ?? id,
          })),
          keep: change.keep.map((step) => toStepView(step, null)),
          apply: change.apply.map((step) => toStepView(step, null)),
        };
      },
      journal: async () => [],
      changes: async (lab, after) => {
        const entries = done.filter((each) => each.lab === lab).map(({ entry }) => entry);
        return changesSince(entries, { revision: 1, shells: typed, table: [] }, after);
      },
      keptSamples: async (lab, entry, onItem) => {
        onItem(fakeSamples(labOf(lab).view, 0, 200, 100 + entry));
      },
      exportFiles: async () => [{ name: 'director/apply.sh', content: '#!/bin/sh\n' }],
    },
    wire: {
      ...fakeWire((lab) => labOf(lab).view),
      live: async (lab, onItem, signal) => {
        for (let sequence = 0; !signal.aborted; sequence += 4) {
          onItem(fakeBatch(labOf(lab).view, sequence));
          await delay(250, undefined, { signal }).catch(() => undefined);
        }
      },
    },
    ipvs: {
      follow: async (_, onItem, signal) => {
        const read = ipvsSnapshotSchema.parse(snapshot);
        onItem({
          snapshot: read,
          changes: null,
          service: 'tcp 10.10.0.100:80',
          names: { '10.10.0.11:80': 'rs1', '10.10.0.12:80': 'rs2' },
        });
        await delay(600_000, undefined, { signal }).catch(() => undefined);
      },
      schedulers: async () => [...schedulerCatalogue],
    },
    nodes: fakeNodes(
      (lab) => labOf(lab).view,
      (node) => {
        typed[node] = new Date().toISOString();
        for (const { drifted } of labs.values()) drifted.add(node);
      },
    ),
    reports: createReportsCore(
      fakeShelf((lab) => labs.has(lab)),
      printPage,
    ),
    ...own,
  });
}

function toListing({ view: { name, template, mode, guest, nodes, createdAt } }: FakeLab): LabListing {
  const running = nodes.filter((node) => node.running).length;
  return {
    ...{
      name,
      template,
      mode,
      image: guest.image,
      createdAt,
      failure: null,
      nodes: nodes.length,
      nodesRunning: running,
      machines: nodes.map(({ name: node, condition }) => ({ node, ...condition })),
      madeBy: null,
      under: null,
    },
    state: running < nodes.length ? 'degraded' : 'ready',
  };
}
