import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import { labPlanSchema } from '../../../src-main/plan/lab-plan.ts';
import { macAddress } from '../../../src-main/plan/mac-address.ts';
import { planLab, portsNeeded } from '../../../src-main/plan/plan-lab.ts';
import { labPlan, planRequest } from './example-plan.ts';

describe('planLab', () => {
  it('decides addresses, cables and weights as the mode has them, and unplugs what it does not name', () => {
    const { nodes, service, segments } = labPlan();
    expect(service).toMatchObject({ vip: '10.10.0.100', port: 80, protocol: 'tcp', scheduler: 'rr' });
    expect(segments).toEqual([
      { name: 'lan', subnet: '10.10.0.0/24' },
      { name: 'backend', subnet: '10.20.0.0/24' },
    ]);
    expect(nodes.map(({ name, domain, weight }) => [name, domain, weight])).toEqual([
      ['director', 'lvslab-demo-director-6a1f0c1e', 1],
      ['rs1', 'lvslab-demo-rs1-6a1f0c1e', 1],
      ['rs2', 'lvslab-demo-rs2-6a1f0c1e', 1],
      ['client', 'lvslab-demo-client-6a1f0c1e', 1],
    ]);
    expect(nodes[0]?.nics.map(({ name, segment, address }) => [name, segment, address])).toEqual([
      ['eth0', 'lan', '10.10.0.2/24'],
      ['eth1', null, null],
    ]);
  });

  it('takes as many ports as it says, each once', () => {
    const plan = labPlan();
    const ports = plan.nodes.flatMap(({ sshPort, nics }) => [
      sshPort,
      ...nics.flatMap(({ switchPort, guestPort }) => [switchPort, guestPort]),
    ]);
    expect(new Set(ports).size).toBe(portsNeeded(planRequest().template));
    expect(ports).toHaveLength(14);
  });

  it('is the same for the same request, and is what a record can hold', () => {
    expect(labPlan()).toEqual(labPlan());
    expect(labPlanSchema.parse(JSON.parse(JSON.stringify(labPlan())))).toEqual(labPlan());
  });

  it('puts an asked-for scheduler in the place of the template’s', () => {
    expect(planLab({ ...planRequest(), scheduler: 'wrr' }).service.scheduler).toBe('wrr');
  });

  it('makes the service persistent where that is asked for', () => {
    expect(labPlan().service.persistentSeconds).toBeNull();
    expect(planLab({ ...planRequest(), persistentSeconds: 300 }).service.persistentSeconds).toBe(300);
  });

  it.each([
    [{ persistentSeconds: 0 }, '0 is no persistence', '31 days'],
    [{ persistentSeconds: 2_678_401 }, '2678401 is no persistence', '31 days'],
    [{ mode: 'rd' }, "has no mode 'rd'. Did you mean 'dr'?", 'Modes of this template: dr, nat, tun.'],
    [{ mode: 'constructor' }, "has no mode 'constructor'", 'Modes of this template: dr, nat, tun.'],
    [{ name: 'Demo Lab' }, "'Demo Lab' cannot be the name", 'small letters'],
    [{ scheduler: 'rr; reboot' }, "'rr; reboot' is no scheduler", 'ipvsadm(8)'],
  ])('refuses %j', (change, message, remedy) => {
    const plan = () => planLab({ ...planRequest(), ...change });
    expect(plan).toThrow(LabError);
    try {
      plan();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'bad-input',
        details: { remedy: expect.stringContaining(remedy) as string },
      });
      expect(String(error)).toContain(message);
    }
  });
});

describe('macAddress', () => {
  it('is always the same, locally administered, and no one’s else', () => {
    const macs = ['lab-a', 'lab-b'].flatMap((lab) =>
      ['rs1', 'rs2'].flatMap((node) => ['eth0', 'eth1'].map((nic) => macAddress(lab, node, nic))),
    );
    expect(new Set(macs).size).toBe(8);
    expect(macAddress('lab-a', 'rs1', 'eth0')).toBe(macs[0]);
    for (const mac of macs) expect(mac).toMatch(/^02(:[0-9a-f]{2}){5}$/);
  });
});
