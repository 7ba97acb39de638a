import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppClient } from '../../src-main/contract/app-contract.ts';
import type { SampleColumns } from '../../src-main/contract/journal.ts';
import type { ControlRequest } from '../../src-main/contract/lab-control.ts';
import { loadResultSchema } from '../../src-main/contract/load.ts';
import { observationSchema } from '../../src-main/contract/observation.ts';
import { createLabContext } from '../../src-main/lab/create-lab-context.ts';
import { reportSource } from '../../src-main/lab/report/report-source.ts';
import { buildReport } from '../../src-main/report/build/build-report.ts';
import { judgeAgain } from '../../src-main/report/figures/judge-again.ts';
import { createAppCore } from '../../src-main/shell/app-core.ts';
import { printPage } from '../../src-main/process/print-page.ts';
import { startBrowserShell } from '../../src-main/shell/browser/server.ts';
import type { AppCore, LeftLab } from '../../src-main/shell/core.ts';
import { holdCommand } from '../../src-main/shell/hold-command.ts';
import { connectApp, until } from '../support/app-client.ts';
import { expectAlternation, recordOf, stateOf, succeed, withNode } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { testHome } from '../support/test-home.ts';

const lab = 'app';
const page = scratchFolder();
const home = process.env['LVSLAB_HOME'];

interface App {
  readonly core: AppCore;
  readonly client: AppClient;
  /** As Ctrl-C does. */
  quit(): Promise<LeftLab[]>;
}

async function openApp(): Promise<App> {
  const core = createAppCore('browser', holdCommand, printPage);
  const shell = await startBrowserShell({ core, pageFolder: page.path, port: 0 });
  const { client, close } = await connectApp(shell.address);
  return {
    ...{ core, client },
    quit: async () => {
      const left: LeftLab[] = [];
      close();
      await shell.close();
      await core.close((one) => left.push(one));
      return left;
    },
  };
}

let app: App;

beforeAll(async () => {
  process.env['LVSLAB_HOME'] = testHome;
  await mkdir(testHome, { recursive: true });
  await rm(path.join(testHome, 'settings.json'), { force: true });
  await writeFile(path.join(page.path, 'index.html'), '<title>page</title>');
  app = await openApp();
});

afterAll(async () => {
  await app.quit();
  await succeed('rm', '--all');
  await rm(path.join(testHome, 'settings.json'), { force: true });
  page.remove();
  if (home === undefined) delete process.env['LVSLAB_HOME'];
  else process.env['LVSLAB_HOME'] = home;
  expect(await leftovers(testHome)).toEqual([]);
});

/** Has a verb carried out and waits for what it comes to. */
async function act(request: ControlRequest): Promise<unknown> {
  const { task } = await app.client.labs.act({ lab, request });
  return app.client.labs.result({ task });
}

const viewWhere = async (fits: Parameters<typeof until<ViewItem>>[1]) =>
  until(await app.client.labs.view({ lab }), fits);
type ViewItem =
  Awaited<ReturnType<AppClient['labs']['view']>> extends AsyncIterable<(infer Item)[]> ? Item : never;

/** Lines of each web server's own log. */
async function pagesServed(): Promise<Record<string, number>> {
  const linesOn = (server: string) =>
    withNode(lab, server, (session) => session.run('wc -l < /var/log/nginx/access.log'));
  const [rs1, rs2] = await Promise.all([linesOn('rs1'), linesOn('rs2')]);
  return { rs1: Number(rs1.stdout), rs2: Number(rs2.stdout) };
}

describe('a lab of the application', () => {
  it('is there from the click on, and ready when its task is done', async () => {
    const { task } = await app.client.labs.start({ template: 'three-modes', name: lab });
    const first = await until(await app.client.labs.watch(), ({ labs }) =>
      labs.some(({ name }) => name === lab),
    );
    expect(first.tasks).toMatchObject([{ id: task, lab, verb: 'start', state: 'running' }]);
    await expect(app.client.labs.start({ template: 'three-modes', name: lab })).rejects.toMatchObject({
      data: { code: 'already-exists' },
    });
    await app.client.labs.result({ task });
    // What libvirt says of its machines comes later than the record on a busy host.
    const { labs, tasks } = await until(await app.client.labs.watch(), (snapshot) =>
      snapshot.labs.some(
        ({ name, state, nodesRunning }) => name === lab && state === 'ready' && nodesRunning === 4,
      ),
    );
    expect(labs).toMatchObject([{ name: lab, mode: 'dr', nodes: 4 }]);
    expect(tasks).toMatchObject([{ id: task, state: 'done', error: null }]);
    const steps = tasks[0]!.steps.filter(({ node, step }) => node === 'rs1' && step === 'identity');
    expect(steps).toMatchObject([{ state: 'done' }]);
  });

  it('tells each sample of a load, and the same again to who comes late', async () => {
    const load = { requests: 40, concurrency: 1 };
    const { task } = await app.client.labs.act({ lab, request: { verb: 'load', load } });
    const live = await samplesOf(task);
    const result = loadResultSchema.parse(await app.client.labs.result({ task }));
    expect(result.run.byServer).toEqual({ rs1: 20, rs2: 20 });
    expect(live.toSorted((a, b) => a.number - b.number).map(({ number }) => number)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
    expect(live.map(({ server }) => server)).toEqual(result.run.sequence);
    expect(await samplesOf(task)).toEqual(live);
    const entry = (await app.client.labs.journal({ lab })).at(-1);
    expect(entry).toMatchObject({ verb: 'load', samples: 40, result });
  });

  it('is switched, and its view shows the plan that was carried out', async () => {
    const plan = await app.client.labs.planSwitch({ lab, to: 'nat' });
    await act({ verb: 'switch', mode: 'nat' });
    const view = await viewWhere(({ mode, state }) => mode === 'nat' && state === 'ready');
    const done = view.steps.filter(({ state }) => state !== null);
    expect(done).toHaveLength(view.steps.length);
    expect(plan.keep.length + plan.apply.length).toBe(view.steps.length);
    await expectAlternation(lab);
  });

  it('keeps what a report is made from, by which its claims are judged again', async () => {
    const observed = observationSchema.parse(await act({ verb: 'observe', requests: 4 }));
    const source = await reportSource(createLabContext(), lab);
    const entryOf = (verb: string) => source.entries.findLast((entry) => entry.verb === verb)?.id ?? 0;
    expect(await source.setUp(entryOf('start'))).toMatchObject({ plan: { mode: 'dr' } });
    const switched = await source.setUp(entryOf('switch'));
    expect(switched).toMatchObject({ plan: { mode: 'nat' }, sealed: false });
    expect(switched?.steps.every(({ commands }) => commands.length > 0)).toBe(true);
    const evidence = await source.evidence(entryOf('observe'));
    const capture = await source.capture(entryOf('observe'));
    const again = judgeAgain(evidence!, await readFile(capture!));
    const { claims, explanations, remarks, stories, vipClaims, vipQuestions, vipOn, frames } = observed;
    expect(JSON.parse(JSON.stringify(again))).toEqual({
      ...{ claims, explanations, remarks, stories, vipClaims, vipQuestions, vipOn, frames },
    });
    const load = loadResultSchema.parse(source.entries.find(({ verb }) => verb === 'load')?.result);
    expect(load.schedule.servers.map(({ name }) => name).sort()).toEqual(['rs1', 'rs2']);
    expect(load.tablesBefore).toContain('-> 10.10.0.11:80                Route');
    expect(source.facts.guests['director']).toMatchObject({ ipvs: '1.2.1' });
    expect(source.facts.host.accelerator).not.toBeNull();
  });

  it('reports of a load what the web servers logged of it', async () => {
    const before = await pagesServed();
    await act({ verb: 'load', load: { requests: 30, concurrency: 3 } });
    const after = await pagesServed();
    const source = await reportSource(createLabContext(), lab);
    const report = await buildReport(source, { language: 'en', parts: ['runs'] }, new Date());
    const served = Object.entries(after).map(([server, pages]) => [server, pages - (before[server] ?? 0)]);
    expect(report.runs.at(-1)?.figures?.byServer).toEqual(Object.fromEntries(served));
  });

  it('is degraded by a stopped node, in its view as in the list', async () => {
    await act({ verb: 'stopNode', node: 'rs2' });
    const view = await viewWhere(({ state }) => state === 'degraded');
    expect(view.nodes.filter(({ running }) => !running).map(({ name }) => name)).toEqual(['rs2']);
    await until(await app.client.labs.watch(), ({ labs }) => labs.some(({ state }) => state === 'degraded'));
  });

  it('refuses what is no task, and what it has not', async () => {
    await expect(act({ verb: 'watch' })).rejects.toMatchObject({ data: { code: 'bad-input' } });
    await expect(act({ verb: 'stopNode', node: 'rs9' })).rejects.toMatchObject({
      data: { code: 'not-found' },
    });
    await expect(
      app.client.labs.remove({ lab: 'none' }).then(({ task }) => app.client.labs.result({ task })),
    ).rejects.toMatchObject({ data: { code: 'not-found' } });
  });

  it('is gone when it was removed, and so its view ends', async () => {
    const view = await app.client.labs.view({ lab });
    await view.next();
    const { task } = await app.client.labs.remove({ lab });
    await app.client.labs.result({ task });
    let last;
    do last = await view.next();
    while (!last.done);
    expect(await leftovers(testHome)).toEqual([]);
  });
});

describe('an application that closes', () => {
  it('cancels a start, of which nothing is left', async () => {
    const { task } = await app.client.labs.start({ template: 'three-modes', name: lab });
    await until(await app.client.labs.watch(), ({ labs }) => labs.some(({ state }) => state === 'booting'));
    await app.client.labs.cancel({ task });
    await expect(app.client.labs.result({ task })).rejects.toMatchObject({ data: { code: 'cancelled' } });
    expect(await leftovers(testHome)).toEqual([]);
  });

  it('keeps its labs where the user wants that: the next one has them', async () => {
    await app.client.app.saveSettings({ leave: 'keep' });
    const { task } = await app.client.labs.start({ template: 'three-modes', name: lab });
    await app.client.labs.result({ task });
    expect((await recordOf(lab)).owner.pid).toBe(process.pid);
    expect(await app.quit()).toEqual([{ lab, way: 'keep' }]);
    expect(await stateOf(lab)).toBe('ready');
    expect((await recordOf(lab)).owner.pid).not.toBe(process.pid);
    app = await openApp();
    const result = await act({ verb: 'load', load: { requests: 10, concurrency: 1 } });
    expect(loadResultSchema.parse(result).run.byServer).toEqual({ rs1: 5, rs2: 5 });
  });

  it('suspends and resumes a lab that another process owns', async () => {
    await act({ verb: 'suspend' });
    await viewWhere(({ state }) => state === 'suspended');
    await expect(app.client.wire.frames({ lab, query: { limit: 1 } })).rejects.toMatchObject({
      data: { code: 'bad-input' },
    });
    await act({ verb: 'resume' });
    await viewWhere(({ state }) => state === 'ready');
    await expectAlternation(lab);
  });
});

describe('an application whose lab another process removes', () => {
  it('gives it up, and goes on', async () => {
    const { task } = await app.client.labs.start({ template: 'three-modes', name: 'given' });
    await app.client.labs.result({ task });
    await succeed('rm', 'given');
    await until(await app.client.labs.watch(), ({ labs }) => labs.every(({ name }) => name !== 'given'));
    expect(app.core.ownedLabs()).toEqual([]);
    expect(await app.client.app.info()).toMatchObject({ dataFolder: testHome });
  });
});

interface OneSample {
  readonly number: number;
  readonly server: string | null;
}

async function samplesOf(task: string): Promise<OneSample[]> {
  const samples: OneSample[] = [];
  for await (const items of await app.client.labs.samples({ task })) {
    for (const { number, server } of items satisfies SampleColumns[]) {
      samples.push(...number.map((one, index) => ({ number: one, server: server[index] ?? null })));
    }
  }
  return samples;
}
