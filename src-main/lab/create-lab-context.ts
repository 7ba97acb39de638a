import { libvirtConnection } from '../libvirt/connection.ts';
import { dataFolder } from '../process/user-folders.ts';
import { templatesFolder } from '../template/templates-folder.ts';
import type { LabContext } from './lab-context.ts';
import { usualPortRange, type PortRange } from './ports.ts';

/** The context of this user on this host, as the environment has it. */
export function createLabContext({
  portRange = usualPortRange(),
}: { portRange?: PortRange } = {}): LabContext {
  return {
    dataFolder: dataFolder(),
    templatesFolder: templatesFolder(),
    connection: libvirtConnection(),
    portRange,
  };
}
