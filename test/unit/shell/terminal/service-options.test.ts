import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addServiceOptions, changesOf } from '../../../../src-main/shell/terminal/service-options.ts';

function changesFrom(...args: string[]) {
  const command = addServiceOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return changesOf(command.parse(args, { from: 'user' }).opts());
}

describe('the options of a service', () => {
  it('ask for nothing where none is given', () => {
    expect(changesFrom()).toEqual({});
  });

  it('name all that can be changed', () => {
    const words = '--scheduler sh --persistent 300 --netmask 255.255.255.0 --flags sh-port,sh-fallback';
    expect(changesFrom(...words.split(' '), '--timeouts', '900,120,300')).toEqual({
      ...{ scheduler: 'sh', persistentSeconds: 300, netmask: '255.255.255.0' },
      ...{ schedulerFlags: ['sh-port', 'sh-fallback'], timeouts: { tcp: 900, tcpFin: 120, udp: 300 } },
    });
  });

  it('take several real servers, however they are written', () => {
    const weights = { rs1: 1, rs2: 0, rs3: 3 };
    expect(changesFrom('--weight', 'rs1=1', 'rs2=0', 'rs3=3')).toEqual({ weights });
    expect(changesFrom('--weight', 'rs1=1,rs2=0', '--weight', 'rs3=3')).toEqual({ weights });
    expect(changesFrom('--upper', 'rs1=10', '--lower', 'rs1=5')).toEqual({
      upper: { rs1: 10 },
      lower: { rs1: 5 },
    });
  });

  it('end things by off', () => {
    expect(changesFrom('--persistent', 'off', '--netmask', 'off', '--flags', 'off')).toEqual({
      ...{ persistentSeconds: null, netmask: null, schedulerFlags: [] },
    });
  });

  it.each([
    ['--weight', 'rs1'],
    ['--weight', 'rs1=-1'],
    ['--persistent', 'long'],
    ['--timeouts', '900,120'],
  ])('refuse %s %s', (option, value) => {
    expect(() => changesFrom(option, value)).toThrow();
  });
});
