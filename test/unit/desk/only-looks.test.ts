import { describe, expect, it } from 'vitest';
import { onlyLooks } from '../../../src-main/desk/only-looks.ts';

describe('onlyLooks', () => {
  it.each([
    ...[
      'ip a',
      'ip -br addr show dev eth0',
      'ip r',
      'ip route get 10.10.0.100',
      'ip neigh show to 10.10.0.100',
    ],
    ...['ip n', 'ip -d link show type ipip', 'ip a s', 'ipvsadm', 'ipvsadm -Ln', 'ipvsadm -L -n --stats'],
    ...[
      'ipvsadm -Lnc',
      'sudo ipvsadm -ln -t 10.10.0.100:80',
      'cat /proc/net/ip_vs',
      'ls -l /',
      'man ipvsadm',
    ],
    ...['tcpdump -nei eth0 arp', 'ss -ltn', 'less /etc/hosts', 'sysctl net.ipv4.ip_forward', 'sysctl -a'],
    ...['sysctl -n net.ipv4.conf.all.arp_ignore', 'sysctl -a 2>/dev/null | grep arp_ | less', 'ip a; ip r'],
    ...['/sbin/ip addr', '# a remark', '', 'cat /a 2>&1 | head'],
  ])('is so of: %s', (line) => {
    expect(onlyLooks(line)).toBe(true);
  });

  it.each([
    ...[
      'ip addr del 10.10.0.100/32 dev lo',
      'ip a flush dev lo',
      'ip link set eth0 down',
      'ip l s eth0 down',
    ],
    ...[
      'ip route replace default via 10.10.0.1',
      'ip neigh flush all',
      'ip netns add a',
      'ip',
      'ip -batch file',
    ],
    ...[
      'ipvsadm -C',
      'ipvsadm -a -t 10.10.0.100:80 -r 10.10.0.11 -g',
      'ipvsadm -Z',
      'ipvsadm -A -t 1.2.3.4:80',
    ],
    ...['sysctl -w net.ipv4.ip_forward=1', 'sysctl net.ipv4.ip_forward=1', 'sysctl -p', 'sysctl --system'],
    ...['cat /a > /proc/sys/net/ipv4/ip_forward', 'ls; reboot', 'ip a && ipvsadm -C', 'cat a | tee b'],
    ...[
      'cat $(ipvsadm -C)',
      'cat `reboot`',
      'systemctl stop nginx',
      'ss -K dst 10.10.0.11',
      'echo 1',
      'toString',
    ],
    ...['reboot & ls', 'iptables -F', 'vi /etc/hosts'],
  ])('is not so of: %s', (line) => {
    expect(onlyLooks(line)).toBe(false);
  });
});
