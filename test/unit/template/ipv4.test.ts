import { describe, expect, it } from 'vitest';
import {
  formatIpv4,
  isHostAddress,
  overlaps,
  parseCidr,
  parseIpv4,
  parseSubnet,
} from '../../../src-main/template/ipv4.ts';

describe('parseIpv4', () => {
  it('reads all 32 bits without a sign', () => {
    expect(parseIpv4('255.255.255.255')).toBe(2 ** 32 - 1);
    expect(parseIpv4('10.0.0.1')).toBe(10 * 2 ** 24 + 1);
  });

  it.each(['10.0.0', '10.0.0.256', '10.0.0.01', '10.0.0.1 ', '10.0.0.1.2', 'vip', '', '10..0.1'])(
    'refuses %j',
    (text) => {
      expect(parseIpv4(text)).toBeUndefined();
    },
  );
});

it.each(['0.0.0.0', '10.10.0.255', '192.168.1.10', '255.255.255.255'])(
  'formatIpv4 writes %s back',
  (text) => {
    expect(formatIpv4(parseIpv4(text)!)).toBe(text);
  },
);

describe('subnets', () => {
  it('takes a network, and refuses one with bits behind its prefix', () => {
    expect(parseSubnet('10.10.0.0/24')).toEqual({ first: parseIpv4('10.10.0.0'), prefix: 24 });
    expect(parseSubnet('10.10.0.1/24')).toBeUndefined();
    expect(parseCidr('10.10.0.1/24')).toEqual({ address: parseIpv4('10.10.0.1'), prefix: 24 });
    expect(parseCidr('10.10.0.1/33')).toBeUndefined();
  });

  it('gives hosts neither the first nor the last address', () => {
    const network = parseSubnet('10.10.0.0/30')!;
    const hosts = ['10.9.255.255', '10.10.0.0', '10.10.0.1', '10.10.0.2', '10.10.0.3', '10.10.0.4'].map(
      (text) => isHostAddress(parseIpv4(text)!, network),
    );
    expect(hosts).toEqual([false, false, true, true, false, false]);
  });

  it('sees an overlap from either side, and none between neighbours', () => {
    const [wide, inner, next] = ['10.0.0.0/8', '10.10.0.0/24', '11.0.0.0/8'].map((text) =>
      parseSubnet(text)!,
    );
    expect(overlaps(wide!, inner!) && overlaps(inner!, wide!)).toBe(true);
    expect(overlaps(wide!, next!)).toBe(false);
  });
});
