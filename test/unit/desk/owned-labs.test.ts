import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createOwnedLabs } from '../../../src-main/desk/owned-labs.ts';
import { labFolder } from '../../../src-main/lab/lab-record.ts';
import type { RunningLab } from '../../../src-main/lab/running-lab.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { untilAborted } from '../../../src-main/process/until-aborted.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { madeUpRecord } from './made-up-record.ts';

const template = await loadTemplate(templatesFolder(), 'three-modes');
const work = { onProgress: () => undefined, signal: new AbortController().signal };

/** A lab with a record and a folder, and no machine. */
async function ownOne() {
  const dataFolder = temporaryFolder();
  await mkdir(labFolder(dataFolder, 'mine'), { recursive: true });
  const lab = {
    ...{ context: { dataFolder }, record: madeUpRecord(template) },
    cables: { failure: new Promise<never>(() => undefined) },
    letGo: vi.fn(async () => undefined),
    takeDown: vi.fn(async () => undefined),
  };
  const owned = createOwnedLabs(['false']);
  await owned.add(lab as unknown as RunningLab);
  const isServed = () =>
    access(path.join(labFolder(dataFolder, 'mine'), 'control')).then(
      () => true,
      () => false,
    );
  return { lab, owned, isServed };
}

describe('a lab that this process owns', () => {
  it('is used, and other processes are served, until it is given up', async () => {
    const { lab, owned, isServed } = await ownOne();
    expect(owned.names()).toEqual(['mine']);
    expect(await isServed()).toBe(true);
    expect(await owned.use('mine', work, async (used) => used.record.state)).toEqual({ result: 'ready' });
    await owned.release('mine', (own) => own.takeDown());
    expect(lab.takeDown).toHaveBeenCalledOnce();
    expect(owned.names()).toEqual([]);
    expect(await isServed()).toBe(false);
    expect(await owned.use('mine', work, async () => 1)).toBeUndefined();
    expect(await owned.release('mine', (own) => own.takeDown())).toBeUndefined();
  });

  it('is given up once what is under way on it was cancelled and has ended', async () => {
    const { lab, owned } = await ownOne();
    const clearing = Promise.withResolvers<undefined>();
    const cancelled = Promise.withResolvers<undefined>();
    const using = owned.use('mine', work, async (_, { signal }) => {
      await untilAborted(signal);
      cancelled.resolve(undefined);
      await clearing.promise;
    });
    await new Promise(setImmediate);
    const releasing = owned.release('mine', (own) => own.takeDown());
    await cancelled.promise;
    expect(lab.takeDown).not.toHaveBeenCalled();
    clearing.resolve(undefined);
    await Promise.all([using, releasing]);
    expect(lab.takeDown).toHaveBeenCalledOnce();
  });

  it('is let go of when it was suspended', async () => {
    const { lab, owned } = await ownOne();
    await owned.use('mine', work, async () => {
      lab.record = { ...lab.record, state: 'suspended' };
    });
    expect(lab.letGo).toHaveBeenCalledOnce();
    expect(owned.names()).toEqual([]);
  });

  it('passes a failure on, and stays', async () => {
    const { owned } = await ownOne();
    await expect(owned.use('mine', work, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(owned.names()).toEqual(['mine']);
    await owned.release('mine', (own) => own.letGo());
  });
});
