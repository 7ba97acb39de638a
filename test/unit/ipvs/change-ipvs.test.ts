import { describe, expect, it } from 'vitest';
import { editServer, editService, setTimeouts } from '../../../src-main/ipvs/change-ipvs.ts';
import { findRule, ruleLinesOf, type RuleLine } from '../../../src-main/ipvs/rule-line.ts';
import { listing } from './read-listing.ts';

/** A line of `ipvsadm -Sn`. */
function line(text: string): RuleLine {
  return ruleLinesOf(text)[0]!;
}

const plain = line('-A -t 10.1.0.100:80 -s rr');
const refusal = (words: string) =>
  expect.objectContaining({
    code: 'bad-input',
    details: expect.objectContaining({ why: expect.stringContaining(words) as string }) as object,
  }) as Error;

describe('editService', () => {
  it('changes one thing and gives the others again', () => {
    expect(
      editService(line('-A -t 10.1.0.100:80 -s rr -p 300 -M 255.255.255.0'), { scheduler: 'wlc' }),
    ).toEqual({
      command: 'ipvsadm -E -t 10.1.0.100:80 -s wlc -p 300 -M 255.255.255.0',
      verify: "ipvsadm -Sn | grep -qxF -- '-A -t 10.1.0.100:80 -s wlc -p 300 -M 255.255.255.0'",
      undo: 'ipvsadm -E -t 10.1.0.100:80 -s rr -p 300 -M 255.255.255.0',
    });
  });

  it.each([
    // Set by hand, also what LVS Lab would not set itself.
    ['-A -t 10.1.0.100:80 -s rr -p 60 -M 0.0.0.0', '-t 10.1.0.100:80 -s wrr -p 60 -M 0.0.0.0'],
    ['-A -t 10.1.0.100:80 -s wlc -b flag-1,flag-3', '-t 10.1.0.100:80 -s wrr'],
    ['-A -f 1 -s mh -p 60 -M 255.255.255.0 -b mh-fallback,mh-port', '-f 1 -s wrr -p 60 -M 255.255.255.0'],
    ['-A -f 7 -6 -s rr', '-f 7 -6 -s wrr'],
    ['-A -t [fd00::100]:80 -s wlc -p 30 -M 64', "-t '[fd00::100]:80' -s wrr -p 30 -M 64"],
    ['-A -u 10.1.0.100:5060 -s rr -p 40 --pe sip -o', '-u 10.1.0.100:5060 -s wrr -p 40 --pe sip -o'],
    ['-A -u 10.1.0.100:5060 -s rr -p 60 --pe sip ops', '-u 10.1.0.100:5060 -s wrr -p 60 --pe sip -o'],
    ['-A --sctp-service 10.1.0.100:90 -s rr', '--sctp-service 10.1.0.100:90 -s wrr'],
  ])('keeps all else of %s', (rule, words) => {
    expect(editService(line(rule), { scheduler: 'wrr' }).command).toBe(`ipvsadm -E ${words}`);
  });

  it('puts an option where ipvsadm prints it', () => {
    const hashed = line('-A -t 10.1.0.100:80 -s sh -b sh-port');
    const { command } = editService(hashed, {
      persistentSeconds: 60,
      netmask: '255.0.0.0',
      schedulerFlags: ['sh-port', 'sh-fallback'],
    });
    expect(command).toBe('ipvsadm -E -t 10.1.0.100:80 -s sh -p 60 -M 255.0.0.0 -b sh-fallback,sh-port');
  });

  it('drops what ends with what is changed: flags of another scheduler, the netmask with persistence', () => {
    const hashed = line('-A -t 10.1.0.100:80 -s sh -p 60 -M 255.0.0.0 -b sh-port');
    expect(editService(hashed, { scheduler: 'mh' }).command).toBe(
      'ipvsadm -E -t 10.1.0.100:80 -s mh -p 60 -M 255.0.0.0',
    );
    expect(editService(hashed, { persistentSeconds: null }).command).toBe(
      'ipvsadm -E -t 10.1.0.100:80 -s sh -b sh-port',
    );
    expect(editService(hashed, { scheduler: 'sh' }).command).toContain('-b sh-port');
  });

  it('checks for the very line that ipvsadm prints', () => {
    const rules = listing('rules-1.31');
    for (const rule of ruleLinesOf(rules).filter(({ verb }) => verb === '-A')) {
      const printed = /^ipvsadm -Sn \| grep -qxF -- '(.*)'$/.exec(editService(rule, {}).verify)?.[1];
      expect(rules.split('\n')).toContain(printed);
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
  ])('refuses %s: %j', (field, changes) => {
    expect(() => editService(plain, changes)).toThrow(refusal(field));
  });
});

describe('editServer', () => {
  const thresholds = { upper: 0, lower: 0 };
  const nat = { line: line('-a -t 10.1.0.100:80 -r 10.1.0.11:80 -m -w 1'), thresholds };

  it('changes one thing and gives the others again', () => {
    const edit = editServer(nat, { weight: 0 });
    expect(edit.command).toBe('ipvsadm -e -t 10.1.0.100:80 -r 10.1.0.11:80 -m -w 0 -x 0 -y 0');
    expect(edit.undo).toBe('ipvsadm -e -t 10.1.0.100:80 -r 10.1.0.11:80 -m -w 1 -x 0 -y 0');
    expect(editServer(nat, { upper: 100, lower: 80 }).command).toBe(
      'ipvsadm -e -t 10.1.0.100:80 -r 10.1.0.11:80 -m -w 1 -x 100 -y 80',
    );
    expect(editServer({ ...nat, thresholds: { upper: 9, lower: 5 } }, { weight: 2 }).command).toMatch(
      /-w 2 -x 9 -y 5$/,
    );
  });

  it.each([
    ['-a -t 10.1.0.100:80 -r 10.1.0.12:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum'],
    ['-a -u 10.1.0.100:53 -r 10.1.0.11:53 -i -w 1 --tun-type gre --tun-csum'],
    ['-a -u 10.1.0.100:53 -r 10.1.0.12:53 -i -w 1 --tun-type gue --tun-port 6081 --tun-remcsum'],
    ['-a -f 1 -r 10.1.0.12:0 -i -w 1 --tun-type ipip'],
    ['-a -f 7 -6 -r [fd00::11]:0 -g -w 1'],
    // Heavier than LVS Lab would set it: nothing is said of what is not to be changed.
    ['-a -t 10.1.0.100:80 -r 10.1.0.12:80 -g -w 1 --new-option of 1.40'],
  ])('keeps all else of %s', (rule) => {
    const edit = editServer({ line: line(rule), thresholds }, { weight: 3 });
    const words = (weight: number) =>
      rule.slice(3).replace('[fd00::11]:0', "'[fd00::11]:0'").replace('-w 1', `-w ${weight}`);
    expect(edit.command).toBe(`ipvsadm -e ${words(3)} -x 0 -y 0`);
    expect(edit.undo).toBe(`ipvsadm -e ${words(1)} -x 0 -y 0`);
    expect(edit.verify).toContain(`grep -qxF -- '${rule.replace('-w 1', '-w 3')}'`);
  });

  it('finds the entry of one port among two of a server', () => {
    const rules = ruleLinesOf(
      ['-A -t V:80 -s rr', '-a -t V:80 -r R:80 -m -w 1', '-a -t V:80 -r R:8080 -m -w 2'].join('\n'),
    );
    const service = { protocol: 'tcp', address: 'V:80' } as const;
    expect(findRule(rules, service, 'R:8080')).toBe(rules[2]);
    expect(findRule(rules, service)).toBe(rules[0]);
    expect(findRule(rules, service, 'R:81')).toBeUndefined();
  });

  it.each([
    ['weight', { weight: -1 }],
    ['weight', { weight: 65_536 }],
    ['weight', { weight: 1.5 }],
    ['lower', { upper: 5, lower: 6 }],
    ['upper', { upper: -1 }],
  ])('refuses %s: %j', (field, changes) => {
    expect(() => editServer(nat, changes)).toThrow(refusal(field));
  });

  it('holds bounds against each other only where one is to be changed', () => {
    const strange = { ...nat, thresholds: { upper: 2, lower: 5 } };
    expect(editServer(strange, { weight: 2 }).command).toContain('-w 2 -x 2 -y 5');
    expect(() => editServer(strange, { upper: 3 })).toThrow(refusal('lower'));
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
