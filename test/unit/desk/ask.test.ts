import { mkdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import { createAskLab } from '../../../src-main/desk/ask.ts';
import { createOwnedLabs } from '../../../src-main/desk/owned-labs.ts';
import { labFolder, writeRecord, type LabRecord } from '../../../src-main/lab/lab-record.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { madeUpRecord } from './made-up-record.ts';

const template = await loadTemplate(templatesFolder(), 'three-modes');
const { signal } = new AbortController();

async function askOf(changes: Partial<LabRecord>) {
  const dataFolder = temporaryFolder();
  await mkdir(labFolder(dataFolder, 'mine'), { recursive: true });
  await writeRecord(dataFolder, { ...madeUpRecord(template), ...changes });
  const context = {
    ...{ dataFolder, templatesFolder: templatesFolder() },
    ...{ connection: { uri: 'test:///default', env: {} }, portRange: { first: 40_000, last: 40_100 } },
  };
  const ask = createAskLab({ context, owned: createOwnedLabs(['false']), hold: ['false'] });
  return (request: ControlRequest, lab = 'mine') => ask(lab, request, { signal });
}

const nobody = { pid: 1, startTime: 'let go' };
const ofTheWire: ControlRequest[] = [
  { verb: 'watch' },
  { verb: 'frames', query: { limit: 1 } },
  { verb: 'frame', sequence: 0 },
  { verb: 'capture', from: null },
];

describe('asking a lab', () => {
  it.each(ofTheWire)('that is suspended for $verb is refused, and wakes nobody', async (request) => {
    const ask = await askOf({ state: 'suspended', owner: nobody });
    await expect(ask(request)).rejects.toMatchObject({
      code: 'bad-input',
      details: { remedy: 'Resume it first.' },
    });
  });

  it('that this process is just making is told to wait', async () => {
    const ask = await askOf({ state: 'booting' });
    await expect(ask({ verb: 'watch' })).rejects.toMatchObject({ code: 'lab-busy' });
  });

  it('that is not there names those that are', async () => {
    const ask = await askOf({});
    await expect(ask({ verb: 'drift' }, 'other')).rejects.toMatchObject({
      code: 'not-found',
      details: { remedy: expect.stringContaining('mine') as string },
    });
  });
});
