import type { Impairment } from '../../contract/impairment.ts';
import { LabError } from '../../contract/lab-error.ts';
import type { NicPlan, NodePlan } from '../../plan/lab-plan.ts';
import { didYouMean } from '../../template/near-miss.ts';
import { saveRecord, type OwnedLab } from '../owned-lab.ts';
import { portOf } from '../plug-cables.ts';

/** Which cable is meant: that of a NIC; of the first that is plugged in where none is named. */
export interface CableName {
  readonly node: string;
  readonly nic?: string | undefined;
}

/**
 * Makes a cable worse, or as good as new. It is kept in the lab's record, so that it outlives the process that owns it.
 * @param impairment Null takes all of it away.
 * @returns The impairments of all cables, by `node:nic`.
 * @throws LabError `not-found` for a node or NIC the lab has not.
 */
export async function impairCable(
  lab: OwnedLab,
  cable: CableName,
  impairment: Impairment | null,
): Promise<Readonly<Record<string, Impairment>>> {
  const { port } = findCable(lab, cable);
  const others = Object.entries(lab.record.impairments).filter(([other]) => other !== port);
  await lab.cables.labSwitch.impair(port, impairment);
  const all = impairment ? [...others, [port, impairment] as const] : others;
  await saveRecord(lab, { impairments: Object.fromEntries(all) });
  return lab.record.impairments;
}

/** Makes all cables as good as new. */
export async function mendCables(lab: OwnedLab): Promise<void> {
  for (const port of Object.keys(lab.record.impairments)) await lab.cables.labSwitch.impair(port, null);
  await saveRecord(lab, { impairments: {} });
}

/**
 * Takes a NIC's cable to another segment, or out, while the guests run. The next switch of mode or reset brings it to
 * where the mode has it.
 * @throws LabError `not-found` for a node, NIC or segment the lab has not.
 */
export async function moveCable(lab: OwnedLab, cable: CableName, segment: string | null): Promise<void> {
  const { port, node, nic } = findCable(lab, cable);
  const { plan } = lab.record;
  const names = plan.segments.map(({ name }) => name);
  if (segment !== null && !names.includes(segment)) {
    throw unknown(`The lab '${plan.name}' has no segment '${segment}'.${didYouMean(segment, names)}`, names);
  }
  await lab.cables.labSwitch.move(port, segment);
  const moved: NodePlan = {
    ...node,
    nics: node.nics.map((each) => (each.name === nic.name ? { ...each, segment } : each)),
  };
  const nodes = plan.nodes.map((each) => (each.name === node.name ? moved : each));
  await saveRecord(lab, { plan: { ...plan, nodes } });
}

function findCable(
  { record: { plan } }: OwnedLab,
  { node: name, nic: nicName }: CableName,
): { port: string; node: NodePlan; nic: NicPlan } {
  const names = plan.nodes.map((node) => node.name);
  const node = plan.nodes.find((each) => each.name === name);
  if (!node) throw unknown(`The lab '${plan.name}' has no node '${name}'.${didYouMean(name, names)}`, names);
  const nic = nicName === undefined ? firstNic(node) : node.nics.find((each) => each.name === nicName);
  if (nic) return { port: portOf(name, nic.name), node, nic };
  throw unknown(
    `${name} has no NIC '${nicName ?? ''}'.`,
    node.nics.map((each) => each.name),
  );
}

function firstNic({ nics }: NodePlan): NicPlan | undefined {
  return nics.find(({ segment }) => segment !== null) ?? nics[0];
}

function unknown(message: string, names: readonly string[]): LabError {
  return new LabError('not-found', message, { remedy: `There are: ${names.join(', ')}.` });
}
