import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { LabNow } from '../../../src-main/contract/lab-now.ts';
import { createNodesCore } from '../../../src-main/desk/nodes.ts';
import type { HearsNode, WhichGuest } from '../../../src-main/desk/now/follow-node.ts';
import { labFolder, writeRecord } from '../../../src-main/lab/lab-record.ts';
import { defaultPortRange } from '../../../src-main/lab/ports.ts';
import { libvirtConnection } from '../../../src-main/libvirt/connection.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { madeUpRecord } from './made-up-record.ts';

const { hearing } = vi.hoisted(() => ({ hearing: new Map<string, HearsNode>() }));
vi.mock('../../../src-main/desk/now/follow-node.ts', () => ({
  followNode: (_context: unknown, { node }: WhichGuest, hears: HearsNode) => {
    hearing.set(node, hears);
    return Promise.resolve();
  },
}));

it('what the director’s table changes to is noted while a page looks on', async () => {
  const templatesFolder = path.resolve('lab-templates');
  const dataFolder = temporaryFolder();
  await mkdir(labFolder(dataFolder, 'mine'), { recursive: true });
  await writeRecord(dataFolder, madeUpRecord(await loadTemplate(templatesFolder, 'three-modes')));
  const tableChanged = vi.fn(() => Promise.resolve());
  const context = { dataFolder, templatesFolder, connection: libvirtConnection() };
  const notes = { tableChanged, typed: () => Promise.resolve() };
  const core = createNodesCore({ ...context, portRange: defaultPortRange }, notes);
  const leaving = new AbortController();
  onTestFinished(() => {
    leaving.abort();
  });
  void core.now('mine', () => undefined, leaving.signal);
  await vi.waitFor(() => {
    expect([...hearing.keys()]).toContain('director');
  });
  const tell = (table: LabNow['table']) => hearing.get('director')?.onTable(table);
  tell(null);
  tell({ service: null, others: 0 });
  tell(null);
  tell({ service: null, others: 0 });
  expect(tableChanged).not.toHaveBeenCalled();
  tell({ service: null, others: 1 });
  expect(tableChanged.mock.calls).toEqual([['mine']]);
  tell(null);
  tell({ service: null, others: 0 });
  expect(tableChanged).toHaveBeenCalledTimes(2);
});
