import type { Schedule } from '../../../src-main/contract/load.ts';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';

/** `ipvsadm -Ln` and `ipvsadm -Ln --stats` of a director after so many connections, of which some were answered. */
export function madeTables(
  { mode, service, nodes }: LabPlan,
  schedule: Schedule,
  conns: number,
  answered = conns,
): string {
  const forward = mode === 'nat' ? 'Masq' : mode === 'tun' ? 'Tunnel' : 'Route';
  const total = schedule.servers.reduce((sum, { weight }) => sum + weight, 0);
  const servers = schedule.servers.map(({ name, weight }) => {
    const address = nodes.find((node) => node.name === name)?.nics[0]?.address?.split('/')[0] ?? '';
    return { address: `${address}:80`, weight, conns: Math.round((conns * weight) / total) };
  });
  const numbers = (all: number, of = all) =>
    [all, 6 * of, mode === 'nat' ? 4 * of : 0, 390 * of, mode === 'nat' ? 420 * of : 0]
      .map((number) => String(number).padStart(9))
      .join('');
  const head = 'IP Virtual Server version 1.2.1 (size=4096)';
  const vip = `${service.vip}:${service.port}`;
  return [
    head,
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
    `TCP  ${vip} ${schedule.scheduler}`,
    ...servers.map(
      ({ address, weight, conns: own }) =>
        `  -> ${address.padEnd(28)} ${forward.padEnd(7)} ${String(weight).padEnd(6)} ${'0'.padEnd(10)} ${own}`,
    ),
    '',
    head,
    'Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes',
    '  -> RemoteAddress:Port',
    `TCP  ${vip.padEnd(28)}${numbers(conns, answered)}`,
    ...servers.map(({ address, conns: own }) => `  -> ${address.padEnd(28)}${numbers(own)}`),
  ].join('\n');
}
