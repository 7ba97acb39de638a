import { LabError } from '../../contract/lab-error.ts';
import { works } from '../../contract/machine.ts';
import type { Forgotten } from '../../contract/mend.ts';
import { demandReady } from '../demand-ready.ts';
import type { WorkOptions } from '../lab-context.ts';
import { conditionsOf } from '../machines.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { runStep } from '../task.ts';

/**
 * Has every machine but the director forget which MAC the VIP is at, so that the next request asks by ARP: as long as it
 * is known, requests go on without an answer in ARP. Entries that were set by hand go too. A machine that does not work has nothing to forget.
 * @throws LabError `bad-input` when the lab is not ready; `guest-command-failed`; what a guest that cannot be asked throws.
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
  // Without a state it passes over entries that were set by hand.
  const command = `ip neigh flush to ${vip} nud all`;
  const forgotten = asked.map((node) =>
    runStep(work, { node: node.name, id: 'forget', title: `Forget who has ${vip}` }, async (tell) => {
      const session = await sessionTo(lab, node, work.signal);
      const script = `ip neigh show to ${vip} nud all; ${command}`;
      const { exitCode, stdout, stderr } = await session.run(script, { signal: work.signal });
      if (exitCode !== 0)
        throw new LabError('guest-command-failed', `\`${command}\` failed on ${node.name}.`, {
          node: node.name,
          why: stderr.trim() || `exit code ${exitCode}`,
          remedy: `In a shell of ${node.name}: ip neigh show to ${vip} nud all`,
        });
      const had = knownMacs(stdout);
      tell({ detail: had === '' ? 'it knew of none' : `it had: ${had}` });
      return { node: node.name, command, had };
    }),
  );
  return { vip, nodes: await Promise.all(forgotten) };
}

/** One that failed or waits for its answer has no MAC; that of the machine's own address has none but zeros. */
function knownMacs(shown: string): string {
  const known = shown
    .split('\n')
    .filter(
      (line) => / lladdr [0-9a-f]{2}(:[0-9a-f]{2}){5}( |$)/.test(line) && !/ lladdr [0:]+( |$)/.test(line),
    );
  return known.map((line) => line.trim()).join('\n');
}
