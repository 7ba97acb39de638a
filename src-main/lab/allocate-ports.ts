import type { LabContext } from './lab-context.ts';
import { labNames, readRecord, unlessForbidden } from './lab-record.ts';
import { findFreePorts } from './ports.ts';

/**
 * Takes ports for a new lab out of the context's range: none that is bound now, none that another lab of this user
 * will want again.
 * @returns A function that gives one port a call, up to `count`.
 */
export async function allocatePorts(context: LabContext, count: number): Promise<() => number> {
  const ports = await findFreePorts(count, context.portRange, await portsOfLabs(context.dataFolder));
  return () => {
    const port = ports.pop();
    if (port === undefined) throw new Error(`More than ${count} ports were asked for.`);
    return port;
  };
}

async function portsOfLabs(dataFolder: string): Promise<Set<number>> {
  const names = await labNames(dataFolder);
  const records = await Promise.all(names.map((name) => readRecord(dataFolder, name).catch(unlessForbidden)));
  const nodes = records.flatMap((record) => record?.plan.nodes ?? []);
  return new Set(
    nodes.flatMap(({ sshPort, nics }) => [
      sshPort,
      ...nics.flatMap(({ switchPort, guestPort }) => [switchPort, guestPort]),
    ]),
  );
}
