import { rm } from 'node:fs/promises';
import { destroyDomain } from '../libvirt/domain.ts';
import { nodeFolder } from './lab-record.ts';
import { closeSessions, type OwnedLab } from './owned-lab.ts';

/** Takes a lab's cables out, ends its machines and deletes their files. */
export async function discardNodes(lab: OwnedLab): Promise<void> {
  const { context, record, cables } = lab;
  await closeSessions(lab);
  await Promise.all(
    record.plan.nodes.map(async (node) => {
      await cables.unplug(node);
      await destroyDomain(context.connection, node.uuid, record.plan.id);
      await rm(nodeFolder(context.dataFolder, record.plan.name, node.name), { recursive: true, force: true });
    }),
  );
}
