import path from 'node:path';
import type { NodePlan } from '../plan/lab-plan.ts';
import type { LabContext } from './lab-context.ts';
import { nodeFolder } from './lab-record.ts';

/** Where a machine's files lie. Absolute. */
export interface MachineFiles {
  readonly folder: string;
  /** Its overlay. */
  readonly disk: string;
  readonly xml: string;
  readonly consoleLog: string;
  /** The socket at our end of its second serial line. */
  readonly line: string;
  /** Its memory and devices, while it is saved. */
  readonly memory: string;
}

/** The files of a machine whose folder this is. */
export function machineFiles(folder: string): MachineFiles {
  const at = (name: string) => path.join(folder, name);
  return {
    folder,
    disk: at('disk.qcow2'),
    xml: at('domain.xml'),
    consoleLog: at('console.log'),
    line: at('line'),
    memory: at('memory.save'),
  };
}

export function nodeFiles({ dataFolder }: LabContext, lab: string, node: NodePlan): MachineFiles {
  return machineFiles(nodeFolder(dataFolder, lab, node.name));
}
