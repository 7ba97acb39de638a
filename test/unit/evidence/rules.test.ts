import { describe, expect, it } from 'vitest';
import { markRulesOf } from '../../../src-main/evidence/facts/mark-rules.ts';
import { actionOf, mayConcern } from '../../../src-main/evidence/facts/match-rule.ts';
import { arpRulesOf, parseIptables, parseNft } from '../../../src-main/evidence/facts/parse-rules.ts';
import { parseKernelCounters } from '../../../src-main/evidence/facts/kernel-counters.ts';
import { sinceThen } from '../../../src-main/evidence/facts/since-then.ts';
import { zeroMaskIn } from '../../../src-main/evidence/facts/zero-mask.ts';
import { exampleFacts } from './example-facts.ts';

/** As nft 1.0.6 prints it, trimmed line by line as `parseFacts` has it. */
const nft = `table ip mangle {
chain PREROUTING {
type filter hook prerouting priority mangle; policy accept;
ip daddr 10.10.0.100 tcp dport 80 counter packets 4 bytes 240 meta mark set 0x1
}
}
table inet f {
set blocked {
type ipv4_addr
}
chain i {
type filter hook input priority filter; policy drop;
tcp dport { 80, 443 } reject with tcp reset
}
}
table arp filter {
chain INPUT {
type filter hook input priority filter; policy accept;
arp daddr ip 10.10.0.100 counter packets 1 bytes 28 drop
}
}`.split('\n');

const iptables = `*filter
:INPUT DROP [7:420]
:OUTPUT ACCEPT [0:0]
[3:180] -A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 80 -j DROP
COMMIT`.split('\n');

describe('rules of the packet filter', () => {
  it('are read from nft, with their chains and without their counters', () => {
    expect(parseNft(nft)).toEqual([
      {
        chain: 'ip mangle PREROUTING',
        hook: 'prerouting',
        text: 'ip daddr 10.10.0.100 tcp dport 80 meta mark set 0x1',
        packets: 4,
      },
      { chain: 'inet f i', text: 'hook input policy drop', packets: null },
      {
        chain: 'inet f i',
        hook: 'input',
        text: 'tcp dport { 80, 443 } reject with tcp reset',
        packets: null,
      },
    ]);
    expect(arpRulesOf(nft)).toEqual(['arp daddr ip 10.10.0.100 counter packets 1 bytes 28 drop']);
  });

  it('are read from iptables-save, policies that drop too', () => {
    expect(parseIptables(iptables)).toEqual([
      { chain: 'filter INPUT', text: '-P INPUT DROP', packets: 7 },
      {
        chain: 'filter INPUT',
        text: '-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 80 -j DROP',
        packets: 3,
      },
    ]);
  });

  it('are known by what they do', () => {
    const actions = [...parseNft(nft), ...parseIptables(iptables)].map(actionOf);
    expect(actions).toEqual([null, 'drop', 'reject', 'drop', 'drop']);
  });

  it.each([
    ['-A INPUT -p tcp -m tcp --dport 80 -m comment --comment "never drop the web" -j ACCEPT', null],
    ['-A INPUT -j LOG --log-prefix "drop: "', null],
    ['-A INPUT -p tcp -j drop-list', null],
    ['-A INPUT -p tcp -j REJECT --reject-with tcp-reset', 'reject'],
    ['-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT', 'redirect'],
    ['tcp dport 80 log prefix "drop " accept', null],
    ['tcp dport 80 accept comment "redirect to web"', null],
    ['tcp dport 80 jump drop', null],
    ['tcp dport 80 xt target "REDIRECT"', 'redirect'],
    ['tcp dport 80 redirect to :8080', 'redirect'],
    ['limit rate over 5/second drop', 'drop'],
  ] as const)('%s: is known for %s', (text, action) => {
    expect(actionOf({ chain: 'filter INPUT', text, packets: 1 })).toBe(action);
  });

  it.each([
    ['-A INPUT -p tcp -m tcp ! --dport 22 -j DROP', true],
    ['-A INPUT -p tcp -m multiport ! --dports 22,443 -j DROP', true],
    ['-A INPUT -p tcp -m tcp ! --dport 80 -j DROP', false],
    ['-A INPUT -p tcp -m tcp ! --sport 80 -j DROP', true],
    ['-A INPUT -p tcp -m tcp --sport 1024:65535 --dport 80 -j DROP', true],
    ['-A INPUT -p tcp -m tcp ! --sport 1024:65535 --dport 80 -j DROP', false],
    ['-A INPUT -p tcp -m tcp --sport 80 --dport 443 -j DROP', false],
    ['-A INPUT -p tcp -m multiport ! --ports 80 -j DROP', false],
    ['tcp sport != 80 drop', true],
    ['tcp sport 1024-65535 tcp dport 80 drop', true],
    ['th dport { 22, 443 } drop', false],
    ['-A INPUT ! -i mgmt -j DROP', true],
    ['-A INPUT ! -i lo -j DROP', true],
    ['-A INPUT ! -p udp -j DROP', true],
    ['-A INPUT ! -p tcp -j DROP', false],
    ['-A INPUT -p tcp -m comment --comment "not for --dport 22" -j DROP', true],
    ['ip protocol != udp counter drop', true],
    ['meta l4proto { tcp, udp } drop', true],
    ['tcp dport != 22 drop', true],
    ['iifname != "mgmt" drop', true],
    ['iifname "mgmt" drop', false],
    ['ip saddr @blocked drop', true],
    ['ip saddr 10.10.0.150-10.10.0.210 drop', true],
    ['ip saddr 10.10.0.1-10.10.0.9 drop', false],
    ['tcp dport { 80, 443 } drop', true],
    ['tcp dport 8000-8100 drop', false],
    ['udp dport 80 drop', false],
    ['icmp type echo-request drop', false],
    ['ip saddr 10.10.0.0/24 drop', true],
    ['ip saddr 192.0.2.0/24 drop', false],
    ['ip daddr { 10.10.0.100, 192.0.2.1 } drop', true],
    ['-A INPUT -p tcp -m multiport --dports 22,80 -j DROP', true],
    ['-A INPUT -p tcp -m tcp --dport 22 -j DROP', false],
    ['-A INPUT -i lo -j DROP', false],
    ['-A INPUT ! -s 10.10.0.200/32 -p tcp -j DROP', true],
  ])('%s: concerns the service: %s', (text, concerns) => {
    const concern = {
      addresses: ['10.10.0.100', '10.10.0.200'],
      port: 80,
      protocols: ['tcp'],
      role: 'real-server' as const,
    };
    expect(mayConcern({ chain: 'filter INPUT', text, packets: null }, concern)).toBe(concerns);
  });

  it.each([
    ['real-server', 'filter OUTPUT', '-A OUTPUT -p tcp -m tcp --sport 80 -j DROP', true],
    ['real-server', 'filter OUTPUT', '-A OUTPUT -p tcp -m tcp --dport 80 -j DROP', false],
    ['client', 'filter INPUT', '-A INPUT -p tcp -m tcp ! --dport 80 -j DROP', true],
    ['client', 'filter INPUT', '-A INPUT -p tcp -m tcp --dport 80 -j DROP', false],
    ['client', 'filter OUTPUT', '-A OUTPUT -p tcp -m tcp --dport 80 -j DROP', true],
    ['director', 'filter INPUT', '-A INPUT -p tcp -m tcp ! --dport 80 -j DROP', false],
    ['director', 'filter FORWARD', '-A FORWARD -p tcp -m tcp --sport 80 -j DROP', true],
    ['real-server', 'filter own', '-A own -p tcp -m tcp --sport 80 -j DROP', true],
  ] as const)('on a %s, in %s, %s: concerns the service: %s', (role, chain, text, concerns) => {
    const concern = { addresses: ['10.10.0.100'], port: 80, protocols: ['tcp'], role };
    expect(mayConcern({ chain, text, packets: null }, concern)).toBe(concerns);
  });

  it('that set marks are told as the search for the service takes them', () => {
    const rule = {
      chain: 'mangle PREROUTING',
      text: '-A PREROUTING -d 10.10.0.100/32 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0xffffffff',
      packets: 4,
    };
    for (const each of [rule, parseNft(nft)[0]!])
      expect(markRulesOf([each])).toMatchObject([
        { value: 1, protocol: 'tcp', ports: [[80, 80]], others: [] },
      ]);
  });

  it('are counted from before the load on', () => {
    const [rule] = parseIptables(iptables).slice(1);
    const facts = { ...exampleFacts('dr')['rs1']!, rules: [rule!], counted: { IpInDiscards: 9 } };
    const before = { ...facts, rules: [{ ...rule!, packets: 1 }], counted: { IpInDiscards: 4 } };
    expect(sinceThen(facts, before)).toMatchObject({
      rules: [{ packets: 2 }],
      counted: { IpInDiscards: 5 },
    });
    expect(sinceThen(facts, undefined)).toEqual(facts);
  });
});

it('sums the kernel’s counters of what it threw away', () => {
  const lines = [
    'Ip: Forwarding DefaultTTL InAddrErrors',
    'Ip: 2 64 5',
    'TcpExt: SyncookiesSent ListenOverflows',
    'TcpExt: 0 3',
    'entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error',
    '00000001  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 0000000a 00000001 00000000',
    '00000001  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000001 00000000 00000000',
  ];
  expect(parseKernelCounters(lines)).toEqual({
    IpInAddrErrors: 5,
    TcpExtListenOverflows: 3,
    ConntrackDrop: 11,
    ConntrackEarlyDrop: 1,
  });
});

it('knows the mask 0.0.0.0, and what takes it away', () => {
  const line = String.raw`1: lo    inet 10.10.0.100/0 scope global lo:0\       valid_lft forever preferred_lft forever`;
  expect(zeroMaskIn([line])).toMatchObject({ remove: 'ip address del 10.10.0.100/0 dev lo' });
  expect(zeroMaskIn([line])?.hint.text).toContain('`ifconfig lo:0 10.10.0.100/32`');
  expect(zeroMaskIn([line.replace('/0', '/32')])).toBeUndefined();
});
