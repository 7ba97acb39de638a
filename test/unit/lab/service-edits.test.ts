import { describe, expect, it } from 'vitest';
import type { IpvsService, OfferedSchedulers } from '../../../src-main/contract/ipvs.ts';
import type { ServiceChanges } from '../../../src-main/contract/service-changes.ts';
import { planServiceChange } from '../../../src-main/lab/service-edits.ts';
import { labPlan } from '../plan/example-plan.ts';
import { directorSnapshot } from './director-snapshot.ts';

type Entry = IpvsService['servers'][number];
const plan = labPlan();
const offered: OfferedSchedulers = {
  kernel: '6.1.0',
  schedulers: [
    { name: 'rr', as: 'loaded', info: null },
    { name: 'wrr', as: 'module', info: null },
    { name: 'sh', as: 'loaded', info: null },
  ],
};

function change(changes: ServiceChanges, service: Partial<IpvsService> = {}) {
  return planServiceChange(plan, changes, { snapshot: directorSnapshot(service), offered });
}

function commandsOf(changes: ServiceChanges, service: Partial<IpvsService> = {}): string[] {
  return change(changes, service).edits.map(({ command }) => command);
}

describe('planServiceChange', () => {
  it('loads the module of a new scheduler first, and drops the old one last', () => {
    expect(commandsOf({ scheduler: 'wrr' })).toEqual([
      'modprobe ip_vs_wrr',
      'ipvsadm -E -t 10.10.0.100:80 -s wrr',
      'modprobe -r ip_vs_rr 2>/dev/null || true',
    ]);
    expect(change({ scheduler: 'wrr' }).plan.service.scheduler).toBe('wrr');
  });

  it('leaves modules alone that were loaded before or that another service needs', () => {
    const snapshot = directorSnapshot();
    const other: IpvsService = { ...directorSnapshot().services[0]!, address: '10.10.0.100:8080' };
    snapshot.services.push(other);
    const { edits } = planServiceChange(plan, { scheduler: 'sh' }, { snapshot, offered });
    expect(edits.map(({ command }) => command)).toEqual(['ipvsadm -E -t 10.10.0.100:80 -s sh']);
  });

  it('runs nothing where the director has it so already', () => {
    expect(commandsOf({ scheduler: 'rr' })).toEqual([]);
  });

  it('keeps what is not asked for as the director has it, and out of the plan', () => {
    const byHand = { persistentSeconds: 300, netmask: '0.0.0.0' };
    const { edits, plan: after } = change({ scheduler: 'sh' }, byHand);
    expect(edits[0]?.command).toBe('ipvsadm -E -t 10.10.0.100:80 -s sh -p 300 -M 0.0.0.0');
    expect(after.service).toMatchObject({ scheduler: 'sh', persistentSeconds: null, netmask: null });
    expect(commandsOf({ weights: { rs2: 2 } }, byHand)).toEqual([
      'ipvsadm -e -t 10.10.0.100:80 -r 10.10.0.12:80 -g -w 2 -x 0 -y 0',
    ]);
  });

  it('edits an entry once that is called by two names, and refuses two values for one thing', () => {
    const { edits, plan: after } = change({ weights: { rs1: 7 }, upper: { 'rs1:80': 5 } });
    expect(edits.map(({ command }) => command)).toEqual([
      'ipvsadm -e -t 10.10.0.100:80 -r 10.10.0.11:80 -g -w 7 -x 5 -y 0',
    ]);
    expect(after.nodes.find(({ name }) => name === 'rs1')).toMatchObject({
      weight: 7,
      thresholds: { upper: 5, lower: 0 },
    });
    expect(() => change({ weights: { rs1: 7, '10.10.0.11:80': 2 } })).toThrow('two values');
  });

  it('changes nothing by a guess which of two services it is', () => {
    const snapshot = directorSnapshot();
    const marked: IpvsService = { ...snapshot.services[0]!, protocol: 'fwmark', address: '2' };
    snapshot.services.push(marked);
    const unread = { ...snapshot, marks: null };
    expect(() => planServiceChange(plan, { scheduler: 'sh' }, { snapshot: unread, offered })).toThrow(
      'It is not known which',
    );
    expect(() => planServiceChange(plan, { scheduler: 'sh' }, { snapshot, offered })).not.toThrow();
  });

  describe('with two entries of one server', () => {
    const [rs2, rs1] = directorSnapshot().services[0]!.servers as [Entry, Entry];
    const servers = [rs2, { ...rs1, address: '10.10.0.11:8080', weight: 2 }, rs1];

    it.each([
      ['rs1:8080', '10.10.0.11:8080', 1],
      ['rs1:80', '10.10.0.11:80', 3],
      ['10.10.0.11:80', '10.10.0.11:80', 3],
      ['10.10.0.11:8080', '10.10.0.11:8080', 1],
    ])('%s names %s', (name, address, planned) => {
      const { edits, plan: after } = change({ weights: { [name]: 3 } }, { servers });
      expect(edits.map(({ command }) => command)).toEqual([
        `ipvsadm -e -t 10.10.0.100:80 -r ${address} -g -w 3 -x 0 -y 0`,
      ]);
      // The plan knows the entry with the service's own port.
      expect(after.nodes.find((node) => node.name === 'rs1')?.weight).toBe(planned);
    });

    it('refuses the server alone, and a port it has not', () => {
      const refused = (words: string) =>
        expect.objectContaining({ message: expect.stringContaining(words) as string }) as Error;
      expect(() => change({ weights: { rs1: 3 } }, { servers })).toThrow(
        refused("rs1 has 2 entries in the director's table: rs1:8080 and rs1:80"),
      );
      expect(() => change({ weights: { 'rs1:81': 3 } }, { servers })).toThrow(
        refused('no entry with port 81'),
      );
    });
  });

  it('changes an entry that is none of the lab by its address, and no plan', () => {
    const [first] = directorSnapshot().services[0]!.servers as [Entry, Entry];
    const servers = [{ ...first, address: '10.10.0.77:80' }];
    const { edits, plan: after } = change({ weights: { '10.10.0.77:80': 3 } }, { servers });
    expect(edits[0]?.command).toContain('-r 10.10.0.77:80 -g -w 3');
    expect(after).toEqual(plan);
  });

  it('drops flags with their scheduler, and the mask with persistence', () => {
    const service = { scheduler: 'sh', schedulerFlags: ['sh-port'], persistentSeconds: 300 };
    expect(change({ scheduler: 'wrr' }, service).plan.service.schedulerFlags).toEqual([]);
    const masked = { ...service, netmask: '255.255.255.0' };
    expect(change({ persistentSeconds: null }, masked).plan.service).toMatchObject({
      persistentSeconds: null,
      netmask: null,
    });
  });

  it('changes the named real servers alone, in the table and in the plan', () => {
    const { edits, plan: after } = change({ weights: { rs2: 3 }, upper: { rs2: 10 }, lower: { rs2: 5 } });
    expect(edits.map(({ command }) => command)).toEqual([
      'ipvsadm -e -t 10.10.0.100:80 -r 10.10.0.12:80 -g -w 3 -x 10 -y 5',
    ]);
    expect(edits[0]?.undo).toBe('ipvsadm -e -t 10.10.0.100:80 -r 10.10.0.12:80 -g -w 1 -x 0 -y 0');
    const weights = after.nodes.map(({ name, weight, thresholds: { upper } }) => [name, weight, upper]);
    expect(weights).toContainEqual(['rs1', 1, 0]);
    expect(weights).toContainEqual(['rs2', 3, 10]);
  });

  it('sets the timeouts that are given, and keeps the others', () => {
    const { edits, plan: after } = change({ timeouts: { udp: 60 } });
    expect(edits.map(({ command }) => command)).toEqual(['ipvsadm --set 900 120 60']);
    expect(after.service.timeouts).toEqual({ tcp: 900, tcpFin: 120, udp: 60 });
    expect(change({ scheduler: 'sh' }).plan.service.timeouts).toBeNull();
  });

  it.each<[string, ServiceChanges, { why?: RegExp; remedy?: RegExp }]>([
    ['a scheduler the kernel lacks', { scheduler: 'wr' }, { why: /Linux 6\.1\.0 there has: rr, wrr, sh/ }],
    ['a real server there is not', { weights: { rs9: 1 } }, { remedy: /rs1, rs2/ }],
    ['a mask without persistence', { netmask: '255.255.255.0' }, { why: /persistence alone/ }],
    ['flags of another', { scheduler: 'wrr', schedulerFlags: ['sh-port'] }, { why: /not a flag of/ }],
    ['a lower bound above the upper', { upper: { rs1: 5 }, lower: { rs1: 9 } }, { why: /above the upper/ }],
    ['a weight out of bounds', { weights: { rs1: 70_000 } }, { why: /weight/ }],
  ])('refuses %s', (_, changes, words) => {
    const [[where, pattern]] = Object.entries(words) as [[string, RegExp]];
    expect(() => change(changes)).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        details: expect.objectContaining({ [where]: expect.stringMatching(pattern) as string }) as object,
      }) as Error,
    );
  });

  it('refuses a real server that was taken out of the table', () => {
    expect(() => change({ weights: { rs1: 2 } }, { servers: [] })).toThrow('rs1 is not in the');
  });

  it('says so when the director has no such service', () => {
    expect(() => change({ scheduler: 'sh' }, { address: '10.10.0.100:81' })).toThrow(
      'no virtual service for 10.10.0.100:80',
    );
  });
});
