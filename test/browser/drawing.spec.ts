import type { LabNow } from '../../src-main/contract/lab-now.ts';
import type { AppCore } from '../../src-main/shell/core.ts';
import { fakeLabCore } from '../support/fake-lab-core.ts';
import { fakeNow } from '../support/fake/fake-now.ts';
import { fakeTemplate, fakeView } from '../support/fake/fake-plan.ts';
import { accessibilityProblems, expect, test } from './fake-page.ts';

const view = fakeView(await fakeTemplate('three-modes'), 'dr', 'demo');

/** A lab whose machines have what is told to them. */
async function labThatHas(): Promise<{
  own: Partial<AppCore>;
  tell: (change: (now: LabNow) => void) => void;
}> {
  let now = fakeNow(view);
  const listeners = new Set<(now: LabNow) => void>();
  const { nodes } = await fakeLabCore();
  return {
    own: {
      nodes: {
        ...nodes,
        now: (_, onItem, signal) =>
          new Promise((resolve) => {
            listeners.add(onItem);
            onItem(now);
            signal.addEventListener('abort', () => {
              listeners.delete(onItem);
              resolve();
            });
          }),
      },
    },
    tell: (change) => {
      now = structuredClone(now);
      change(now);
      for (const listener of listeners) listener(now);
    },
  };
}

test('draws what the guests and the table have, and what they should have', async ({
  page,
  open,
  complaints,
}) => {
  const { own, tell } = await labThatHas();
  await open('/labs/demo', own);
  const node = (name: string) => page.locator(`[data-node="${name}"]`);
  const differences = page.locator('[data-test="differences"]');
  await expect(node('rs1')).toHaveAccessibleName(/weight 1, has the VIP on lo/);
  await expect(node('director')).toHaveAccessibleName(/schedules by rr/);
  await expect(differences).toHaveCount(0);

  await test.step('an address that was taken away by hand', async () => {
    tell(({ nodes }) => (nodes['rs1']!.addresses = [{ nic: 'eth0', address: '10.10.0.11/24' }]));
    await expect(node('rs1')).toHaveAccessibleName(/no VIP on lo/);
    await expect(page.locator('[data-test="vip-chip"].missing')).toHaveText('no VIP on lo');
    await expect(differences).toContainText('1 difference');
  });

  await test.step('a table that was edited by hand, in the drawing, the header and the form', async () => {
    tell(({ table }) => {
      const service = table!.service!;
      service.scheduler = 'wlc';
      service.persistentSeconds = 300;
      service.servers[0]!.weight = 5;
      service.servers[0]!.upper = 20;
      service.servers.pop();
    });
    await expect(node('director')).toHaveAccessibleName(/by wlc, persistent 300 s/);
    await expect(node('rs1')).toHaveAccessibleName(/weight 5, up to 20/);
    await expect(node('rs2')).toHaveAccessibleName(/not in the table/);
    await expect(page.getByLabel('Scheduler')).toHaveValue('wlc');
    await page.getByRole('button', { name: 'Weights' }).click();
    await expect(page.getByRole('form', { name: 'Weights' }).getByLabel('rs1')).toHaveValue('5');
    await page.keyboard.press('Escape');
  });

  await test.step('a web server that is off, and a guest that boots', async () => {
    tell(({ nodes }) => {
      nodes['rs1']!.listens = false;
      nodes['client']!.answers = false;
    });
    await expect(node('rs1')).toHaveAccessibleName(/web server off/);
    await expect(node('client')).toHaveAccessibleName(/does not answer/);
  });

  await test.step('all of it in words', async () => {
    await differences.locator('summary').click();
    await expect(differences).toContainText('rs1: nothing listens on port 80');
    await expect(differences).toContainText('director: rs2 is not in the table');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  await test.step('and nothing once all is as it should be', async () => {
    tell((now) => Object.assign(now, fakeNow(view)));
    await expect(differences).toHaveCount(0);
    await expect(node('rs2')).toHaveAccessibleName(/weight 1, has the VIP on lo/);
  });
  expect(complaints).toEqual([]);
});
