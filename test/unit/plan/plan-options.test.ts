import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import { embeddedTraits } from '../../../src-main/family/guest-traits.ts';
import { labPlanSchema } from '../../../src-main/plan/lab-plan.ts';
import { modeOf, planLab } from '../../../src-main/plan/plan-lab.ts';
import { checkNeeds, chosenOptions } from '../../../src-main/plan/plan-options.ts';
import { planRecipe } from '../../../src-main/plan/plan-recipe.ts';
import { labPlan, planRequest } from './example-plan.ts';

const { template } = planRequest();

function stepsOf(mode: string, options: Record<string, string> = {}) {
  return planRecipe(modeOf(template, mode).recipe, planLab({ ...planRequest(), mode, options }));
}

function on(node: string, steps: ReturnType<typeof stepsOf>) {
  return steps.filter((step) => step.node === node);
}

describe('options', () => {
  it('are kept in the plan as they were chosen, and have their defaults else', () => {
    const plan = planLab({ ...planRequest(), options: { arp: 'arptables' } });
    expect(plan.options).toEqual({ arp: 'arptables' });
    const { recipe } = modeOf(template, 'dr');
    expect(chosenOptions(recipe, plan)).toEqual({
      ...{ webServer: 'nginx', health: 'none', firewall: 'off', arp: 'arptables', vip: 'lo' },
    });
    expect(chosenOptions(recipe, { options: { arp: 'gone', other: 'x' } })).toMatchObject({ arp: 'sysctl' });
  });

  it('were not in records of old, which load none the less', () => {
    const unknown = ['options', 'gateway'];
    const old = JSON.stringify(labPlan(), (key, value: unknown) =>
      unknown.includes(key) ? undefined : value,
    );
    expect(old).not.toContain('gateway');
    expect(labPlanSchema.parse(JSON.parse(old))).toEqual(labPlan());
  });

  it('wait for the mode that has them', () => {
    const plan = planLab({ ...planRequest(), mode: 'dr', options: { realPort: '8080' } });
    const commands = planRecipe(modeOf(template, 'dr').recipe, plan).flatMap((step) => step.commands);
    expect(commands.join('\n')).not.toContain('8080');
  });

  it.each([
    [{ webserver: 'apache' }, "has no option 'webserver'. Did you mean 'webServer'?", 'arp, vip, realPort'],
    [{ webServer: 'apach' }, "no value 'apach'. Did you mean 'apache'?", 'Its values: nginx, apache.'],
    [{ constructor: 'x' }, "has no option 'constructor'", 'Its options'],
    [{ arp: 'toString' }, "has no value 'toString'", 'sysctl, arptables'],
  ])('are refused where they are not known: %j', (options, message, remedy) => {
    const refused = () => planLab({ ...planRequest(), options });
    expect(refused).toThrow(LabError);
    expect(refused).toThrow(message);
    expect(refused).toThrow(
      expect.objectContaining({
        details: { remedy: expect.stringContaining(remedy) as string },
      }) as Error,
    );
  });

  it('choose steps, and nobody waits for those left out', () => {
    const ids = on('rs1', stepsOf('dr', { arp: 'arptables', vip: 'alias', webServer: 'apache' })).map(
      ({ id }) => id,
    );
    expect(ids.slice(3)).toEqual([
      'web-page',
      'web-server-apache',
      'arp-tables',
      'vip-on-alias',
      'host-route-to-vip',
    ]);
    const after = (options: Record<string, string>) => stepsOf('dr', options).at(-1)?.after;
    expect(after({})).toEqual(['vip-on-director', 'arp-quiet', 'vip-on-lo']);
    expect(after({ arp: 'arptables', vip: 'alias' })).toEqual([
      'vip-on-director',
      'arp-tables',
      'vip-on-alias',
    ]);
  });

  it('are refused on a guest that has not what they are about', () => {
    const on = { firewall: 'on' };
    expect(() => {
      checkNeeds(template, on, embeddedTraits);
    }).toThrow("The option 'firewall' cannot be 'on' on Debian GNU/Linux 12 (bookworm).");
    expect(() => {
      checkNeeds(template, on, { ...embeddedTraits, firewall: 'firewalld' });
      checkNeeds(template, { firewall: 'off' }, embeddedTraits);
    }).not.toThrow();
  });

  it('give values to names in braces', () => {
    const steps = stepsOf('nat', { realPort: '8080' });
    const commands = steps.flatMap((step) => step.commands);
    expect(commands).toContain('ipvsadm -a -t 10.10.0.100:80 -r 10.20.0.12:8080 -m -w 1');
    expect(on('rs1', steps).find(({ id }) => id === 'web-port')?.commands[0]).toContain('listen 8080;');
    expect(on('rs1', stepsOf('nat')).map(({ id }) => id)).not.toContain('web-port');
  });
});

describe('weights', () => {
  it('go before the template’s', () => {
    const weight = (weights: Record<string, number>) =>
      planLab({ ...planRequest(), weights }).nodes.map((node) => node.weight);
    expect(weight({ rs2: 2 })).toEqual([1, 1, 2, 1]);
    expect(weight({ rs1: 0 })).toEqual([1, 0, 1, 1]);
  });

  it.each([
    [{ rs3: 2 }, "no real server 'rs3'. Did you mean 'rs1'?"],
    [{ client: 2 }, "no real server 'client'"],
    [{ rs1: -1 }, '-1 is no weight'],
    [{ rs1: 1.5 }, '1.5 is no weight'],
  ])('are refused where they make no sense: %j', (weights, message) => {
    expect(() => planLab({ ...planRequest(), weights })).toThrow(message);
  });
});
