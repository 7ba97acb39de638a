import { createHash } from 'node:crypto';

/**
 * The MAC of one NIC of a lab: always the same for the same lab, another for any other. Its first octet is 02, which
 * marks a locally administered unicast address (IEEE 802), so it can be neither real hardware's nor one of QEMU's
 * 52:54:00, from which the management NIC has its own. Forty bits of a hash make two alike in a lab unlikely beyond care.
 */
export function macAddress(labId: string, node: string, nic: string): string {
  const digest = createHash('sha256').update(`${labId} ${node} ${nic}`).digest('hex');
  return ['02', ...(digest.slice(0, 10).match(/../g) ?? [])].join(':');
}
