import { expect, it } from 'vitest';
import { parseReading } from '../../../../src-main/lab/verbs/read-director.ts';

/** As ipvsadm 1.31 prints them. */
const output = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  10.10.0.100:80 rr
  -> 10.10.0.12:80                Tunnel  1      1          2
  -> 10.10.0.11:80                Route   1      0          0
==== next listing
IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn
  -> RemoteAddress:Port
TCP  10.10.0.100:80 rr
  -> 10.10.0.12:80                4          2          1          2
  -> 10.10.0.11:80                0          0          0          0
==== next listing
IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn
TCP  10.10.0.100:80 rr
  -> 10.10.0.12:80                Tunnel  gue:5555:-c   1      1          2
  -> 10.10.0.11:80                Route   n/a           1      0          0
==== next listing
IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
  -> RemoteAddress:Port
TCP  10.10.0.100:80                      3       12        0      800        0
  -> 10.10.0.12:80                       3       12        0      800        0
  -> 10.10.0.11:80                       0        0        0        0        0
`;

it('reads a director’s table with thresholds, connections and tunnels', () => {
  const { table, counters } = parseReading(output);
  expect(table).toMatchObject([
    {
      ...{ protocol: 'tcp', address: '10.10.0.100:80', scheduler: 'rr', conns: 3 },
      servers: [
        { address: '10.10.0.12:80', connections: 3, upper: 4, lower: 2, tunnel: 'gue:5555:-c' },
        { address: '10.10.0.11:80', connections: 0, upper: 0, lower: 0, tunnel: null },
      ],
    },
  ]);
  expect(counters.get('tcp 10.10.0.100:80')).toMatchObject({ conns: 3, inPkts: 12, outPkts: 0 });
});

it('takes an ipvsadm without tunnels for what it is', () => {
  const divider = '==== next listing';
  const listings = output.split(divider);
  const old = [...listings.slice(0, 2), '\n', ...listings.slice(3)].join(divider);
  expect(parseReading(old).table[0]?.servers.map(({ tunnel }) => tunnel)).toEqual([null, null]);
});
