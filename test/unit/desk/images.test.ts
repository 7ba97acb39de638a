import { expect, it, onTestFinished, vi } from 'vitest';
import type { ImagesSnapshot } from '../../../src-main/contract/images.ts';
import { createImagesCore } from '../../../src-main/desk/images.ts';
import { createTasks } from '../../../src-main/desk/tasks.ts';
import { createLabContext } from '../../../src-main/lab/create-lab-context.ts';
import type { ImageHost } from '../../../src-main/image/catalogue/check-host.ts';
import type { WorkOptions } from '../../../src-main/lab/lab-context.ts';
import { keepImage } from '../../support/kept-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const untilSo = (check: () => void) => vi.waitFor(check, { timeout: 15_000 });

/** A core whose bakes are the test's to end. */
function heldCore() {
  const context = { ...createLabContext(), dataFolder: temporaryFolder() };
  const begun = Promise.withResolvers<WorkOptions>();
  const held = Promise.withResolvers<undefined>();
  const make = async (_context: unknown, _image: string, work: WorkOptions) => {
    begun.resolve(work);
    work.signal.addEventListener('abort', () => {
      held.reject(work.signal.reason);
    });
    await held.promise;
  };
  const findHost = async (): Promise<ImageHost> => ({
    ...{ cpu: 'x86-64', cpuWhy: '', memoryMiB: 9000, diskMiB: 90_000, firmware: ['bios'] },
  });
  const core = createImagesCore({ context, tasks: createTasks(), make, findHost });
  return {
    core,
    context,
    begun: begun.promise,
    end: () => {
      held.resolve(undefined);
    },
  };
}

function watched(core: ReturnType<typeof heldCore>['core']) {
  const stop = new AbortController();
  onTestFinished(() => {
    stop.abort();
  });
  let last: ImagesSnapshot | undefined;
  void core.watch((snapshot) => (last = snapshot), stop.signal);
  return (name: string) => last?.images.find((image) => image.name === name);
}

it('tells of a bake while it is under way, and that labs can start on the image after', async () => {
  const { core, context, begun, end } = heldCore();
  const image = watched(core);
  // The embedded one needs nothing of the host that is looked for first.
  await untilSo(() => {
    expect(image('embedded')).toMatchObject({ state: 'absent', task: null });
  });
  const { task } = await core.bake('embedded');
  expect(await core.bake('embedded')).toEqual({ task });
  const { onProgress } = await begun;
  onProgress({ step: 'image.build', title: 'Build it', state: 'running' });
  expect(image('embedded')).toMatchObject({ state: 'working', task: { steps: [{ title: 'Build it' }] } });
  await expect(core.remove('embedded')).rejects.toMatchObject({ code: 'lab-busy' });
  await keepImage(context.dataFolder, 'baked', { name: 'centos-stream-9', title: 'CentOS Stream 9' });
  end();
  await untilSo(() => {
    expect(image('embedded')).toMatchObject({ task: { state: 'done' } });
    expect(image('centos-stream-9')).toMatchObject({ state: 'baked', guest: { kernel: '' } });
  });
  await core.remove('centos-stream-9');
  await untilSo(() => {
    expect(image('centos-stream-9')).toMatchObject({ state: 'absent' });
  });
});

it('ends a bake that is cancelled', async () => {
  const { core } = heldCore();
  const image = watched(core);
  await untilSo(() => {
    expect(image('embedded')).toBeDefined();
  });
  const { task } = await core.bake('embedded');
  await core.cancel(task);
  expect(image('embedded')).toMatchObject({ state: 'absent', task: { state: 'cancelled' } });
});

it('refuses names that are none, and what this host cannot run, before anything is begun', async () => {
  const { core } = heldCore();
  await expect(core.bake('centos-stream-9')).rejects.toMatchObject({ code: 'host-not-ready' });
  await expect(core.bake('no-such')).rejects.toMatchObject({ code: 'not-found' });
  await expect(core.remove('../labs')).rejects.toMatchObject({ code: 'not-found' });
  await expect(core.cancel('no-such')).rejects.toMatchObject({ code: 'not-found' });
});
