import type { EvidenceMode, LabView } from '../../../src-main/evidence/lab-map.ts';

export const vip = '10.10.0.100';
export const clientIp = '10.10.0.200';
export const servers = ['rs1', 'rs2'] as const;

type Node = LabView['nodes'][number];

/** One director, two real servers and a client, cabled for the mode; in NAT all in one segment if `oneSegment`. */
export function exampleLab(mode: EvidenceMode, oneSegment = false): LabView {
  const twoSegments = mode === 'nat' && !oneSegment;
  const back = twoSegments ? 'back' : 'lan';
  const net = twoSegments ? '10.20.0' : '10.10.0';
  return {
    service: {
      ...{ vip, port: 80, protocol: 'tcp', scheduler: 'rr' },
      ...{ persistentSeconds: null, netmask: null, schedulerFlags: [], timeouts: null },
    },
    segments: [
      { name: 'lan', subnet: '10.10.0.0/24' },
      ...(twoSegments ? [{ name: 'back', subnet: '10.20.0.0/24' }] : []),
    ],
    nodes: [
      {
        name: 'director',
        role: 'director',
        nics: [
          nic('eth0', '02:00:00:00:00:02', 'lan', '10.10.0.2/24'),
          twoSegments
            ? nic('eth1', '02:00:00:00:01:02', 'back', '10.20.0.2/24')
            : nic('eth1', '02:00:00:00:01:02', null, null),
        ],
      },
      server('rs1', '02:00:00:00:00:11', back, `${net}.11/24`),
      server('rs2', '02:00:00:00:00:12', back, `${net}.12/24`),
      { name: 'client', role: 'client', nics: [nic('eth0', '02:00:00:00:00:c8', 'lan', `${clientIp}/24`)] },
    ],
  };
}

function server(name: string, mac: string, segment: string, address: string): Node {
  return { name, role: 'real-server', nics: [nic('eth0', mac, segment, address)] };
}

function nic(
  name: string,
  mac: string,
  segment: string | null,
  address: string | null,
): Node['nics'][number] {
  return { name, mac, segment, address };
}
