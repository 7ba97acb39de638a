import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { impairmentSchema } from '../../../../src-main/contract/impairment.ts';
import {
  addImpairmentOptions,
  impairmentOf,
  type ImpairmentFlags,
} from '../../../../src-main/shell/terminal/impairment-options.ts';

function read(...args: string[]) {
  const command = addImpairmentOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return impairmentOf(command.parse(args, { from: 'user' }).opts<ImpairmentFlags>());
}

describe('what is wrong with a cable', () => {
  it.each([
    [['--cut'], { cut: true }],
    [['--delay', '20'], { from: { delay: { ms: 20 } }, to: { delay: { ms: 20 } } }],
    [['--delay', '20~5', '--direction', 'to'], { to: { delay: { ms: 20, jitterMs: 5 } } }],
    [['--loss', '2.5%', '--seed', '7', '--direction', 'from'], { from: { loss: 0.025 }, seed: 7 }],
    [['--rate', '1.5M', '--direction', 'from'], { from: { rate: { bitsPerSecond: 1_500_000 } } }],
    [
      ['--drop', 'arp.reply arp.sender=10.10.0.100', '--drop', 'ip.proto=112', '--direction', 'from'],
      { from: { drop: [{ arpOperation: 2, arpSenderIp: '10.10.0.100' }, { ipProtocol: 112 }] } },
    ],
  ])('%j', (args, impairment) => {
    expect(read(...args)).toMatchObject(impairment);
    expect(impairmentSchema.parse(read(...args))).toEqual(read(...args));
  });

  it('is nothing when nothing is told', () => {
    expect(read()).toBeUndefined();
    expect(read('--direction', 'to', '--seed', '1')).toBeUndefined();
  });

  it.each([
    ['--delay', 'soon'],
    ['--loss', '101'],
    ['--rate', '2X'],
    ['--seed', '-1'],
    ['--drop', 'arp.replyy'],
    ['--direction', 'up'],
  ])('refuses %s %s', (...args) => {
    expect(() => read(...args)).toThrow();
  });
});
