import { describe, expect, it } from 'vitest';
import { gatherScript } from '../../../src-main/evidence/gather-script.ts';
import { parseFacts } from '../../../src-main/evidence/parse-facts.ts';

/** As a real server of a DR lab prints it, shortened. */
const output = `@link
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast state UP mode DEFAULT group default qlen 1000\\    link/ether 02:aa:00:00:00:11 brd ff:ff:ff:ff:ff:ff
3: tunl0@NONE: <NOARP> mtu 1480 qdisc noop state DOWN mode DEFAULT group default qlen 1000\\    link/ipip 0.0.0.0 brd 0.0.0.0
@address
1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
1: lo    inet 10.10.0.100/32 scope global lo\\       valid_lft forever preferred_lft forever
2: eth0    inet 10.10.0.11/24 scope global eth0\\       valid_lft forever preferred_lft forever
@forward
0
@conf
all 1 2 0
default 0 0 1
eth0 0 0 1
lo 0 0 0
@default
@tcp
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1000 1 0
   1: 0B000A0A:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1001 1 0
   2: 0B000A0A:0016 C8000A0A:9C40 01 00000000:00000000 00:00000000 00000000     0        0 1002 1 0
  sl  local_address                         remote_address                        st tx_queue rx_queue
   0: 00000000000000000000000000000000:01BB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000
   1: 0000000000000000FFFF00000B000A0A:01BC 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000
   2: 00000000000000000000000001000000:01BD 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000
@arp-rules
-A INPUT -j DROP -d 10.10.0.100
@route 10.10.0.200
10.10.0.200 dev eth0 src 10.10.0.11 uid 0 \\    cache
@route 192.0.2.9
192.0.2.9 via 10.10.0.1 dev eth0 src 10.10.0.11 uid 0 \\    cache
@route 192.0.2.10
`;

describe('what a guest tells of itself', () => {
  const facts = parseFacts(output);

  it('has interfaces with their addresses', () => {
    expect(facts.interfaces).toEqual({
      lo: { up: true, mtu: 65_536, addresses: ['127.0.0.1/8', '10.10.0.100/32'] },
      eth0: { up: true, mtu: 1500, addresses: ['10.10.0.11/24'] },
      tunl0: { up: false, mtu: 1480, addresses: [] },
    });
  });

  it('has the settings of each interface', () => {
    expect(facts.ipForward).toBe(false);
    expect(facts.conf['all']).toEqual({ arpIgnore: 1, arpAnnounce: 2, rpFilter: 0 });
    expect(facts.conf['eth0']?.rpFilter).toBe(1);
  });

  it('has routes: through a gateway, on the link, and none', () => {
    expect(facts.defaultRoute).toBeNull();
    expect(facts.routes).toEqual({
      '10.10.0.200': { via: null, device: 'eth0' },
      '192.0.2.9': { via: '10.10.0.1', device: 'eth0' },
      '192.0.2.10': null,
    });
  });

  it('has sockets that listen for IPv4, those of IPv6 too that take it', () => {
    expect(facts.listening).toEqual([
      { address: '0.0.0.0', port: 80 },
      { address: '10.10.0.11', port: 8080 },
      { address: '0.0.0.0', port: 443 },
      { address: '10.10.0.11', port: 444 },
    ]);
  });

  it('has ARP rules', () => {
    expect(facts.arpRules).toEqual(['-A INPUT -j DROP -d 10.10.0.100']);
  });

  it('is refused where a part is missing', () => {
    expect(() => parseFacts(output.replace('@conf', ''))).toThrow("'conf'");
  });
});

describe('the script that asks', () => {
  it('asks for the route to each address, and to nothing that is none', () => {
    const script = gatherScript(['10.10.0.200', '1; reboot']);
    expect(script).toContain('ip -4 -o route get 10.10.0.200');
    expect(script).not.toContain('reboot');
  });

  it('leaves variables to the guest’s shell', () => {
    expect(gatherScript([])).toContain('echo "${c##*/} $i $a $r"');
  });
});
