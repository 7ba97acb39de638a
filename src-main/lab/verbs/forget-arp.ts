import { works } from '../../contract/machine.ts';
import type { Forgotten } from '../../contract/mend.ts';
import { demandReady } from '../demand-ready.ts';
import type { WorkOptions } from '../lab-context.ts';
import { conditionsOf } from '../machines.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { runStep } from '../task.ts';

/**
 * Has every machine but the director forget which MAC the VIP is at, so that the next request asks by ARP: as long as it
 * is known, requests go on without an answer in ARP. A machine that does not work has nothing to forget.
 * @throws LabError `bad-input` when the lab is not ready; what a guest that cannot be asked throws.
 */
export async function forgetArp(lab: OwnedLab, work: WorkOptions): Promise<Forgotten> {
  demandReady(lab);
  const { nodes, service } = lab.record.plan;
  const { vip } = service;
  const conditions = await conditionsOf(lab.context.connection, nodes);
  const asked = nodes.filter(({ name, role }) => {
    const condition = conditions.get(name);
    return role !== 'director' && condition !== undefined && works(condition);
  });
  const command = `ip neigh flush to ${vip}`;
  const forgotten = asked.map((node) =>
    runStep(work, { node: node.name, id: 'forget', title: `Forget who has ${vip}` }, async (tell) => {
      const session = await sessionTo(lab, node, work.signal);
      const { stdout } = await session.run(`ip neigh show to ${vip}; ${command}`, { signal: work.signal });
      const had = stdout.trim();
      tell({ detail: had === '' ? 'it knew of none' : `it had: ${had}` });
      return { node: node.name, command, had };
    }),
  );
  return { vip, nodes: await Promise.all(forgotten) };
}
