import type { ComparedMode } from '../../contract/comparison.ts';

/** What textbooks say of the modes on one matter, and what of it a comparison measured. */
export interface TextbookRow {
  readonly about: string;
  readonly says: Readonly<Record<string, string>>;
  /** Null where nothing was measured of it. */
  readonly measured: ((entry: ComparedMode) => string) | null;
}

/**
 * Source: "LVS-HOWTO" and "Virtual Server via NAT / IP Tunneling / Direct Routing" on linuxvirtualserver.org, and
 * ipvsadm(8).
 */
export const textbook: readonly TextbookRow[] = [
  {
    about: 'What the director changes in a request',
    says: {
      nat: 'destination address and port',
      dr: 'the destination MAC address alone',
      tun: 'nothing: it is put into another IP packet',
    },
    measured: ({ claims }) =>
      claims
        .filter(({ id }) => /rewrites|adds/.test(id))
        .map(({ verdict }) => verdict)
        .join(', ') || 'not looked at',
  },
  {
    about: 'The way of replies',
    says: { nat: 'through the director', dr: 'straight to the client', tun: 'straight to the client' },
    measured: ({ answeredBy, counters }) =>
      `the client got them from ${answeredBy.join(', ')}; OutPkts ${counters.outPkts}`,
  },
  {
    about: "The director's load",
    says: { nat: 'requests and replies', dr: 'requests', tun: 'requests, 20 bytes longer' },
    measured: ({ director, addedBytes }) =>
      `${director.outBytes.toFixed(0)} bytes out a request, ${addedBytes} added a packet`,
  },
  {
    about: 'The VIP on real servers',
    says: { nat: 'no', dr: 'yes, where ARP does not find it', tun: 'yes, on the tunnel' },
    measured: ({ vipOn }) => `on ${vipOn.join(', ')}`,
  },
  {
    about: 'Where real servers may be',
    says: {
      nat: 'anywhere, with the director as the way back',
      dr: 'in one LAN with the director',
      tun: 'anywhere that IP reaches',
    },
    measured: ({ perRequest }) =>
      `the lab used ${Object.keys(perRequest)
        .filter((name) => (perRequest[name]?.frames ?? 0) > 0)
        .join(', ')}`,
  },
  {
    about: 'Another port on real servers',
    says: {
      nat: 'yes',
      dr: 'no: ipvsadm takes one and ignores it',
      tun: 'no: ipvsadm takes one and ignores it',
    },
    measured: null,
  },
  {
    about: 'What a real server must be able to do',
    says: {
      nat: 'nothing special',
      dr: 'keep quiet in ARP',
      tun: 'take IPIP packets, and keep rp_filter off them',
    },
    measured: ({ claims }) => {
      const setUp = claims.find(({ id }) => id === 'real-server-set-up');
      return setUp ? `set up: ${setUp.verdict}` : 'not looked at';
    },
  },
];
