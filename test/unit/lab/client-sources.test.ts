import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { GuestShell } from '../../../src-main/guest/guest-session.ts';
import { chooseSources, withSources } from '../../../src-main/lab/client-sources.ts';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';
import { labPlan } from '../plan/example-plan.ts';

const { signal } = new AbortController();

/** The plan with another address for the client. */
function withClient(address: string): LabPlan {
  const plan = labPlan();
  return {
    ...plan,
    nodes: plan.nodes.map((node) =>
      node.role === 'client' ? { ...node, nics: node.nics.map((nic) => ({ ...nic, address })) } : node,
    ),
  };
}

function fakeClient(fails?: RegExp): GuestShell & { readonly ran: string[] } {
  const ran: string[] = [];
  return {
    ran,
    run: async (command) => {
      ran.push(command);
      return { exitCode: fails?.test(command) ? 2 : 0, stdout: '', stderr: fails ? 'no room' : '' };
    },
  };
}

describe('chooseSources', () => {
  it("takes free addresses from the end of the client's subnet down", () => {
    const { nic, addresses } = chooseSources(labPlan(), 3);
    expect(nic).toBe('eth0');
    expect(addresses).toEqual(['10.10.0.254', '10.10.0.253', '10.10.0.252']);
  });

  it('takes none that a node or the service has', () => {
    const { addresses } = chooseSources(withClient('10.10.0.254/24'), 2);
    expect(addresses).toEqual(['10.10.0.253', '10.10.0.252']);
    const all = chooseSources(labPlan(), 64).addresses;
    expect(all).not.toContain(labPlan().service.vip);
    expect(new Set(all).size).toBe(64);
  });

  it('says how many a small subnet has', () => {
    expect(() => chooseSources(withClient('10.10.0.201/30'), 2)).toThrow('no 2 free addresses');
  });
});

describe('withSources', () => {
  it('has the addresses there while they are used, and takes them away after it', async () => {
    const client = fakeClient();
    const used = await withSources(client, labPlan(), { count: 2, signal }, async (sources) => {
      expect(client.ran).toHaveLength(1);
      return sources;
    });
    expect(used).toEqual(['10.10.0.254', '10.10.0.253']);
    expect(client.ran[0]).toContain('ip address add 10.10.0.254/32 dev eth0');
    expect(client.ran[1]).toBe(
      'ip address del 10.10.0.254/32 dev eth0; ip address del 10.10.0.253/32 dev eth0',
    );
  });

  it('takes them away when what they were for fails, and when not all could be added', async () => {
    const client = fakeClient();
    const failing = withSources(client, labPlan(), { count: 1, signal }, async () => {
      throw new LabError('cancelled', 'Cancelled.');
    });
    await expect(failing).rejects.toMatchObject({ code: 'cancelled' });
    expect(client.ran.at(-1)).toContain('ip address del');
    const full = fakeClient(/ add /);
    await expect(
      withSources(full, labPlan(), { count: 1, signal }, async () => 'used'),
    ).rejects.toMatchObject({ code: 'guest-command-failed', details: { why: 'no room' } });
    expect(full.ran.at(-1)).toContain('ip address del');
  });

  it('leaves the client alone where none are asked for', async () => {
    const client = fakeClient();
    expect(
      await withSources(client, labPlan(), { count: undefined, signal }, async (sources) => sources),
    ).toBeUndefined();
    expect(client.ran).toEqual([]);
  });
});
