import type { EntryNow, LabNow, NodeNow } from '../../../src-main/contract/lab-now.ts';
import type { LabView, NodeView } from '../../../src-main/contract/lab-view.ts';
import { vipInterface } from './node-facts.ts';

/** `missing`: the lab wants it and the guest has it not; `extra`: the other way about. */
export type Held = 'there' | 'missing' | 'extra' | 'unknown';

/** A NIC as it is drawn. */
export interface ShownNic {
  readonly name: string;
  readonly segment: string | null;
  /** Addresses without prefix length: those the guest has, or the planned one while that is not known. */
  readonly addresses: readonly string[];
  /** The planned address where the guest has it not. */
  readonly wanted: string | null;
  readonly down: boolean;
}

/** A machine as it is drawn: what its guest and the director's table say, beside what the lab's mode wants. */
export interface ShownNode {
  readonly nics: readonly ShownNic[];
  /** Where the VIP is, and where it should be. */
  readonly vip: readonly { readonly nic: string; readonly held: Held }[];
  /** The director's entries of a real server; undefined while the table is not known. */
  readonly entries: readonly EntryNow[] | undefined;
  readonly now: NodeNow | undefined;
}

const plain = (address: string) => address.split('/')[0] ?? address;

/** What is drawn of a machine. */
export function shownNode(view: LabView, node: NodeView, now: LabNow | undefined): ShownNode {
  const { vip } = view.service;
  const own = node.running ? now?.nodes[node.name] : undefined;
  const planned = vipInterface(view, node);
  return {
    now: own,
    nics: node.nics.map((nic) => shownNic(nic, own, vip)),
    vip: own ? heldVip(own, planned, vip) : planned === undefined ? [] : [{ nic: planned, held: 'unknown' }],
    entries: entriesOf(node, now),
  };
}

function shownNic(
  { name, segment, address }: NodeView['nics'][number],
  own: NodeNow | undefined,
  vip: string,
): ShownNic {
  const wanted = address === null ? null : plain(address);
  if (!own || segment === null)
    return { name, segment, addresses: wanted === null ? [] : [wanted], wanted: null, down: false };
  const addresses = own.addresses
    .filter(({ nic }) => nic === name)
    .map((one) => plain(one.address))
    .filter((one) => one !== vip || one === wanted);
  const isThere = wanted === null || addresses.includes(wanted);
  return { name, segment, addresses, wanted: isThere ? null : wanted, down: own.down.includes(name) };
}

function heldVip({ addresses }: NodeNow, planned: string | undefined, vip: string): ShownNode['vip'] {
  const on = [...new Set(addresses.flatMap((one) => (plain(one.address) === vip ? [one.nic] : [])))];
  return [
    ...on.map((nic) => ({ nic, held: nic === planned ? ('there' as const) : ('extra' as const) })),
    ...(planned !== undefined && !on.includes(planned) ? [{ nic: planned, held: 'missing' as const }] : []),
  ];
}

function entriesOf({ name, role }: NodeView, now: LabNow | undefined): ShownNode['entries'] {
  if (role !== 'real-server' || !now?.table) return undefined;
  return now.table.service?.servers.filter(({ node }) => node === name) ?? [];
}
