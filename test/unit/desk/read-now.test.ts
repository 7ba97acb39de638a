import { describe, expect, it } from 'vitest';
import { createNowReader, nodeNow, readTelling, type ToldNow } from '../../../src-main/desk/now/read-now.ts';

const telling = [
  '1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever',
  '1: lo    inet 10.10.0.100/32 scope global lo\\       valid_lft forever preferred_lft forever',
  '2: mgmt    inet 10.0.2.15/24 brd 10.0.2.255 scope global mgmt\\       valid_lft forever',
  '3: eth0    inet 10.10.0.11/24 brd 10.10.0.255 scope global eth0\\       valid_lft forever',
  '5: tunl0    inet 10.10.0.100 peer 10.10.0.1/32 scope global tunl0\\       valid_lft forever',
  '3: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default',
  '4: eth1: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000',
  '5: tunl0@NONE: <NOARP> mtu 1480 qdisc noop state DOWN mode DEFAULT group default qlen 1000',
  'set net.ipv4.ip_forward=0',
  'set net.ipv4.conf.all.arp_ignore=1',
  'unit nginx',
  'listens 80 8080 ',
];

const server = {
  role: 'real-server' as const,
  nics: ['eth0', 'eth1'].map((name) => ({
    ...{ name, mac: '', switchPort: 0, guestPort: 0 },
    ...{ segment: 'lan', address: null, gateway: null },
  })),
};
const none = { settings: new Map<string, string>(), port: 80 };
const told = (): ToldNow => readTelling(telling);

describe('what a guest tells that it has', () => {
  it('is read, without what is no part of the lab', () => {
    expect(told()).toEqual({
      addresses: [
        { nic: 'lo', address: '10.10.0.100/32' },
        { nic: 'eth0', address: '10.10.0.11/24' },
        { nic: 'tunl0', address: '10.10.0.100/32' },
      ],
      down: ['eth1', 'tunl0'],
      services: ['nginx'],
      listens: [80, 8080],
      settings: new Map([
        ['net.ipv4.ip_forward', '0'],
        ['net.ipv4.conf.all.arp_ignore', '1'],
      ]),
    });
  });

  it('is put together of pieces that end anywhere', () => {
    const heard: unknown[] = [];
    const read = createNowReader({ onNow: (now) => heard.push(now), onTable: () => heard.push('table') });
    const text = `.\n@@table\n@@now\n${telling.join('\n')}\n@@end\n.\n`;
    for (const piece of text.match(/[^]{1,7}/g) ?? []) read(piece);
    expect(heard).toEqual(['table', told()]);
  });

  it('is no state before its end has come', () => {
    const heard: unknown[] = [];
    const read = createNowReader({ onNow: (now) => heard.push(now), onTable: () => undefined });
    read(`@@now\n${telling.join('\n')}\n`);
    expect(heard).toEqual([]);
    read('@@end\n');
    expect(heard).toHaveLength(1);
  });
});

describe('what a node has now', () => {
  it('tells the settings that are not as the mode asks for, one that is not there among them', () => {
    const wanted = new Map([
      ['net.ipv4.ip_forward', '0'],
      ['net.ipv4.conf.all.arp_ignore', '2'],
      ['net.ipv4.conf.tunl0.rp_filter', '0'],
    ]);
    expect(nodeNow(server, told(), { settings: wanted, port: 80 }).settings).toEqual([
      { name: 'net.ipv4.conf.all.arp_ignore', value: '1', wanted: '2' },
      { name: 'net.ipv4.conf.tunl0.rp_filter', value: '', wanted: '0' },
    ]);
  });

  it('tells of the lab’s NICs, and of others with an address, that they are down', () => {
    expect(nodeNow(server, told(), none).down).toEqual(['eth1', 'tunl0']);
    const plain = { ...told(), addresses: [] };
    expect(nodeNow(server, plain, none).down).toEqual(['eth1']);
  });

  it('asks real servers alone whether they listen', () => {
    expect(nodeNow(server, told(), none).listens).toBe(true);
    expect(nodeNow(server, told(), { ...none, port: 81 }).listens, 'on another port').toBe(false);
    expect(nodeNow({ ...server, role: 'client' }, told(), none).listens).toBeNull();
  });
});
