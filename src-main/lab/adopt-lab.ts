import type { LabContext } from './lab-context.ts';
import type { LabLock } from './lab-lock.ts';
import { connectionOf, demandOwn } from './lab-maker.ts';
import { readRecord } from './lab-record.ts';
import { saveRecord, type OwnedLab } from './owned-lab.ts';
import { plugCables } from './plug-cables.ts';
import { ownIdentity } from './process-identity.ts';

/**
 * Takes a lab over that another process made: its switch on the same ports, its cables where they were. Frames are
 * stateless UDP, so its machines do not notice; they are reached over SSH once that is needed. Its libvirt is the one it
 * was made under, whatever this process would use.
 * @throws LabError `bad-input` for a lab that another user made.
 */
export async function adoptLab(given: LabContext, name: string, lock: LabLock): Promise<OwnedLab> {
  const record = await readRecord(given.dataFolder, name);
  demandOwn(name, record.maker);
  const context = { ...given, connection: connectionOf(record.maker, given.connection) };
  await using made = new AsyncDisposableStack();
  const cables = made.use(await plugCables(record.plan.nodes));
  for (const node of record.plan.nodes) await cables.plug(node);
  for (const [port, impairment] of Object.entries(record.impairments)) {
    await cables.labSwitch.impair(port, impairment);
  }
  const lab: OwnedLab = { context, lock, cables, sessions: new Map(), record };
  await saveRecord(lab, { owner: ownIdentity() });
  made.move();
  return lab;
}
