import { describe, expect, it } from 'vitest';
import type { ServiceSettings } from '../../../src-main/contract/ipvs.ts';
import { editServer, editService, setTimeouts } from '../../../src-main/ipvs/change-ipvs.ts';
import { parseRules } from '../../../src-main/ipvs/ipvsadm-rules.ts';
import { listing } from './read-listing.ts';

const current: ServiceSettings = {
  protocol: 'tcp',
  address: '10.1.0.100:80',
  scheduler: 'rr',
  persistentSeconds: null,
  netmask: null,
  persistenceEngine: null,
  onePacket: false,
  schedulerFlags: [],
};
const refusal = (words: string) =>
  expect.objectContaining({
    code: 'bad-input',
    details: expect.objectContaining({ why: expect.stringContaining(words) as string }) as object,
  }) as Error;

describe('editService', () => {
  it('changes one thing and gives the others again', () => {
    const persistent = { ...current, persistentSeconds: 300, netmask: '255.255.255.0' };
    expect(editService(persistent, { scheduler: 'wlc' })).toEqual({
      command: 'ipvsadm -E -t 10.1.0.100:80 -s wlc -p 300 -M 255.255.255.0',
      verify: "ipvsadm -Sn | grep -qxF -- '-A -t 10.1.0.100:80 -s wlc -p 300 -M 255.255.255.0'",
      undo: 'ipvsadm -E -t 10.1.0.100:80 -s rr -p 300 -M 255.255.255.0',
    });
  });

  it('drops what ends with what is changed: flags of another scheduler, the netmask with persistence', () => {
    const hashed = {
      ...current,
      scheduler: 'sh',
      schedulerFlags: ['sh-port'],
      persistentSeconds: 60,
      netmask: '255.0.0.0',
    };
    expect(editService(hashed, { scheduler: 'mh' }).command).toBe(
      'ipvsadm -E -t 10.1.0.100:80 -s mh -p 60 -M 255.0.0.0',
    );
    expect(editService(hashed, { persistentSeconds: null }).command).toBe(
      'ipvsadm -E -t 10.1.0.100:80 -s sh -b sh-port',
    );
    expect(editService(hashed, { scheduler: 'sh' }).command).toContain('-b sh-port');
  });

  it('has an option for every kind of service, as the parser reads it back', () => {
    const services: ServiceSettings[] = [
      { ...current, scheduler: 'mh', schedulerFlags: ['mh-fallback', 'mh-port'] },
      { ...current, protocol: 'udp', persistentSeconds: 5, persistenceEngine: 'sip', onePacket: true },
      { ...current, protocol: 'sctp' },
      { ...current, protocol: 'fwmark', address: '7' },
    ];
    for (const service of services) {
      const { command } = editService(service, {});
      expect(parseRules(command.replace('ipvsadm -E', '-A'))).toEqual([{ ...service, servers: [] }]);
    }
  });

  it('checks for the very line that ipvsadm prints', () => {
    const rules = listing('rules-1.31');
    for (const service of parseRules(rules)) {
      const { verify } = editService(service, { schedulerFlags: service.schedulerFlags.toReversed() });
      const line = /^ipvsadm -Sn \| grep -qxF -- '(.*)'$/.exec(verify)?.[1];
      expect(rules.split('\n')).toContain(line);
    }
  });

  it.each([
    ['scheduler', { scheduler: 'rr; reboot' }],
    ['persistentSeconds', { persistentSeconds: 0 }],
    ['persistentSeconds', { persistentSeconds: 40 * 86_400 }],
    ['netmask', { persistentSeconds: 60, netmask: '255.0.255.0' }],
    ['netmask', { persistentSeconds: 60, netmask: '0.0.0.0' }],
    ['netmask', { netmask: '255.255.255.0' }],
    ['schedulerFlags', { schedulerFlags: ['sh-port'] }],
    ['schedulerFlags', { scheduler: 'sh', schedulerFlags: ['$(reboot)'] }],
    ['onePacket', { onePacket: true }],
    ['persistenceEngine', { persistentSeconds: 60, persistenceEngine: 'ftp' }],
  ])('refuses %s: %j', (field, changes) => {
    expect(() => editService(current, changes)).toThrow(refusal(field));
  });

  it.each([
    { address: '10.1.0.100' },
    { address: "10.1.0.100:80' '" },
    { address: '10.1.0.100:80:80' },
    { address: '10.1.0.256:80' },
    { protocol: 'fwmark' as const },
    { protocol: 'fwmark' as const, address: '0' },
  ])('refuses a service named %j', (name) => {
    expect(() => editService({ ...current, ...name }, {})).toThrow(refusal('address'));
  });
});

describe('editServer', () => {
  const server = { address: '10.1.0.11:80', forwarding: 'nat' as const, weight: 1, upper: 0, lower: 0 };

  it('changes one thing and gives the others again', () => {
    const edit = editServer(current, server, { weight: 0 });
    expect(edit.command).toBe('ipvsadm -e -t 10.1.0.100:80 -r 10.1.0.11:80 -m -w 0 -x 0 -y 0');
    expect(edit.undo).toBe('ipvsadm -e -t 10.1.0.100:80 -r 10.1.0.11:80 -m -w 1 -x 0 -y 0');
    expect(editServer(current, { ...server, forwarding: 'tun' }, { upper: 100, lower: 80 }).command).toBe(
      'ipvsadm -e -t 10.1.0.100:80 -r 10.1.0.11:80 -i -w 1 -x 100 -y 80',
    );
  });

  it.each([
    ['weight', { weight: -1 }],
    ['weight', { weight: 65_536 }],
    ['weight', { weight: 1.5 }],
    ['lower', { upper: 5, lower: 6 }],
    ['upper', { upper: -1 }],
  ])('refuses %s: %j', (field, changes) => {
    expect(() => editServer(current, server, changes)).toThrow(refusal(field));
  });

  it('refuses what is no address', () => {
    expect(() => editServer(current, { ...server, address: '$(reboot):80' }, {})).toThrow(refusal('address'));
    expect(() => editServer({ ...current, address: ';:80' }, server, {})).toThrow(refusal('address'));
  });
});

describe('setTimeouts', () => {
  const timeouts = { tcp: 900, tcpFin: 120, udp: 300 };

  it('sets what is given and keeps the others', () => {
    expect(setTimeouts(timeouts, { tcpFin: 10 })).toEqual({
      command: 'ipvsadm --set 900 10 300',
      verify: "ipvsadm -L --timeout | grep -qxF 'Timeout (tcp tcpfin udp): 900 10 300'",
      undo: 'ipvsadm --set 900 120 300',
    });
  });

  it.each([{ tcp: 0 }, { udp: -1 }, { tcpFin: 3_000_000 }, { tcp: 0.5 }])('refuses %j', (changes) => {
    expect(() => setTimeouts(timeouts, changes)).toThrow(refusal(Object.keys(changes).join('')));
  });
});
