import { expect, it } from 'vitest';
import { fillIn, placeholdersFor, placeholdersIn } from '../../../src-main/template/placeholders.ts';

it('tells names in braces from what belongs to the shell and awk', () => {
  const command = "ip addr add {vip}/32 dev {nic}; echo ${HOME} | awk '{ print $1 }'; test {before.all} = 1";
  expect(placeholdersIn(command)).toEqual(['vip', 'nic', 'before.all']);
});

it('fills in what it has a value for, and never what a value brought in', () => {
  const values = new Map([
    ['vip', '{nic}'],
    ['nic', 'eth0'],
  ]);
  expect(fillIn('{vip} {nic} {before.x}', (name) => values.get(name))).toBe('{nic} eth0 {before.x}');
});

it('knows what belongs to a real server only where a step repeats for them', () => {
  expect(placeholdersFor('realServers')).toContain('rip');
  expect(placeholdersFor('nics')).not.toContain('rip');
  expect(placeholdersFor(undefined)).not.toContain('rip');
});
