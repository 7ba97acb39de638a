import { endMachine } from '../libvirt/domain.ts';
import { removeFolder } from '../process/held-disks.ts';
import { nodeFolder } from './lab-record.ts';
import { closeSessions, type OwnedLab } from './owned-lab.ts';

/** Takes a lab's cables out, ends its machines and deletes their files. */
export async function discardNodes(lab: OwnedLab): Promise<void> {
  const { context, record, cables } = lab;
  await closeSessions(lab);
  await Promise.all(
    record.plan.nodes.map(async (node) => {
      await cables.unplug(node);
      await endMachine(context.connection, node.uuid, record.plan.id);
      await removeFolder(
        nodeFolder(context.dataFolder, record.plan.name, node.name),
        `The disk of ${node.name}`,
      );
    }),
  );
}
