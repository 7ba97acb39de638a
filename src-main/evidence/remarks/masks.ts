import type { Remark } from '../../contract/evidence.ts';
import { symptomsOf } from '../claims/symptoms.ts';
import type { Evidence } from '../evidence.ts';
import { remark } from './remark.ts';

/**
 * The VIP with another prefix than 32. With 0 it is what net-tools 2.10 makes of `ifconfig lo:0 VIP/32`; the kernel adds
 * no route for it (fib_add_ifaddr() in net/ipv4/fib_frontend.c passes a prefix of the zero net over).
 */
export function strangeMasks(evidence: Evidence): Remark[] {
  const { lab, facts = {} } = evidence;
  const { vip } = lab.service;
  const told = symptomsOf(evidence).borneOut.filter(({ kind }) => kind === 'vip-covers-client');
  return Object.entries(facts).flatMap(([node, { interfaces }]) =>
    Object.entries(interfaces).flatMap(([device, { addresses }]) =>
      addresses.flatMap((address) => {
        if (!address.startsWith(`${vip}/`) || address.endsWith('/32')) return [];
        if (told.some((cause) => cause.node === node)) return [];
        const values = { address, device, vip, label: device === 'tunl0' ? device : `${device}:0` };
        return [remark(address.endsWith('/0') ? 'mask-zero' : 'mask-wide', node, values)];
      }),
    ),
  );
}
