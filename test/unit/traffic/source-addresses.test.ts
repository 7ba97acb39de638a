import { describe, expect, it } from 'vitest';
import { sourceAddressCommands } from '../../../src-main/traffic/source-addresses.ts';

const client = { nic: 'eth0', own: '10.1.0.2/24' };

describe('sourceAddressCommands', () => {
  it('adds addresses and takes the same ones away', () => {
    expect(sourceAddressCommands({ ...client, addresses: ['10.1.0.201', '10.1.0.202'] })).toEqual({
      add: ['ip address add 10.1.0.201/32 dev eth0', 'ip address add 10.1.0.202/32 dev eth0'],
      remove: ['ip address del 10.1.0.201/32 dev eth0', 'ip address del 10.1.0.202/32 dev eth0'],
      verify:
        "ip -4 -o address show dev eth0 | grep -qwF 'inet 10.1.0.201/32' && " +
        "ip -4 -o address show dev eth0 | grep -qwF 'inet 10.1.0.202/32'",
    });
  });

  it.each([
    [
      'another subnet, from which no reply would return',
      ['10.2.0.9'],
      '10.2.0.9 is not an address of a host',
    ],
    ['the broadcast address', ['10.1.0.255'], '10.1.0.255 is not'],
    ['its own address', ['10.1.0.2'], '10.1.0.2 is in use'],
    ['the VIP', ['10.1.0.100'], '10.1.0.100 is in use'],
    ['an address twice', ['10.1.0.9', '10.1.0.9'], '10.1.0.9 is in use'],
    ['no address at all', [], '0 addresses'],
    ['what is none', ['10.1.0.9; reboot'], 'is not an IPv4 address'],
  ])('refuses %s', (_what, addresses, why) => {
    expect(() => sourceAddressCommands({ ...client, addresses, taken: ['10.1.0.100'] })).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        details: expect.objectContaining({ why: expect.stringContaining(why) as string }) as object,
      }) as Error,
    );
  });

  it('refuses another NIC and more than it can', () => {
    expect(() => sourceAddressCommands({ ...client, nic: 'lo', addresses: ['10.1.0.9'] })).toThrow(
      'source addresses',
    );
    const many = Array.from({ length: 65 }, (_, at) => `10.1.0.${at + 10}`);
    expect(() => sourceAddressCommands({ ...client, addresses: many })).toThrow('source addresses');
    expect(() => sourceAddressCommands({ ...client, own: '10.1.0.2', addresses: ['10.1.0.9'] })).toThrow();
  });
});
