import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { LabAction } from '../../src-main/contract/labs.ts';
import { startBrowserShell, type BrowserShell } from '../../src-main/shell/browser/server.ts';
import { fakeBatch } from '../support/fake/fake-frames.ts';
import { fakeTemplate, fakeView } from '../support/fake/fake-plan.ts';
import { fakeLabCore } from '../support/fake-lab-core.ts';
import { expect, test as base } from './app-test.ts';

interface Options {
  realServers?: number;
  /** Has two machines claim the VIP, and twelve hundred frames a batch. */
  busy?: boolean;
}

interface Fixtures {
  /** Opens the workspace of the fake lab `demo`. */
  open: (options?: Options) => Promise<void>;
  /** What the page had done with the lab. */
  actions: LabAction['request'][];
}

const test = base.extend<Fixtures>({
  actions: async ({}, use) => use([]),
  open: async ({ page, actions }, use) => {
    let shell: BrowserShell | undefined;
    await use(async ({ busy, ...fake } = {}) => {
      const core = await fakeLabCore({}, fake);
      const act = core.labs.act.bind(core.labs);
      core.labs.act = (action) => {
        actions.push(action.request);
        return act(action);
      };
      if (busy) core.wire.live = busyWire(fakeView(await fakeTemplate('three-modes'), 'dr', 'demo'));
      const pageFolder = path.resolve(import.meta.dirname, '../../out/renderer');
      shell = await startBrowserShell({ core, pageFolder, port: 0 });
      await page.goto(shell.address);
      // Until its first page is shown the router hears of no other address.
      await expect(page.getByRole('heading').first()).toBeVisible();
      await page.goto(`${new URL(shell.address).origin}/#/labs/demo`);
      await expect(node(page, 'director')).toBeVisible();
    });
    await shell?.close();
  },
});

function busyWire(view: ReturnType<typeof fakeView>) {
  const batch = fakeBatch(view, 0);
  const [holder] = batch.vipHolders;
  const rival = view.nodes.find(({ name }) => name === 'rs1')!;
  return async (_: string, onItem: (item: typeof batch) => void, signal: AbortSignal) => {
    const claim = { ...holder!, node: 'rs1', mac: rival.nics[0]!.mac };
    const ended = Promise.withResolvers<undefined>();
    const timer = setInterval(() => {
      onItem({ ...batch, at: Date.now(), seen: 1200, vipHolders: [holder!, claim] });
    }, 100);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      ended.resolve(undefined);
    });
    await ended.promise;
  };
}

const node = (page: Page, name: string) => page.locator(`[data-node="${name}"]`);
const cable = (page: Page, name: string) => page.locator(`[data-cable="${name}"]`);
const menu = (page: Page) => page.getByRole('menu');

test('shows every machine with its addresses, and who has the VIP', async ({ page, open, complaints }) => {
  await open({ realServers: 8 });
  await expect(page.locator('[data-node]')).toHaveCount(10);
  await expect(node(page, 'director')).toHaveAccessibleName(
    /^director, running, eth0 10\.10\.0\.2\S*, eth1 unplugged, schedules by rr, has the VIP on eth0/,
  );
  await expect(node(page, 'rs8')).toHaveAccessibleName(/10\.10\.0\.18.*weight 1, has the VIP on lo/);
  await expect(page.locator('[data-test="vip-flag"]')).toHaveCount(1);
  await expect(page.locator('.packet').first()).toBeAttached();
  expect(complaints).toEqual([]);
});

test('switches the mode once its plan was shown, and tells the gap', async ({
  page,
  open,
  actions,
  complaints,
}) => {
  await open();
  const modes = page.getByRole('group', { name: 'Forwarding mode' });
  await modes.getByRole('button', { name: 'NAT' }).click();
  const dialog = page.getByRole('dialog', { name: 'Switch from DR to NAT' });
  await expect(dialog.getByText('director:eth1')).toBeVisible();
  await expect(dialog.getByText('ip address del 10.10.0.100/32 dev lo').first()).toBeVisible();
  await expect(dialog.getByText('ip route replace default via 10.20.0.2 dev eth0').first()).toBeVisible();
  await dialog.getByLabel('Older tools').check();
  await expect(dialog.getByText('route add default gw 10.20.0.2 dev eth0').first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Switch to NAT' }).click();
  await expect(page.getByText('No reply for 2,750 ms; 60 ms is usual.')).toBeVisible();
  await expect(modes.getByRole('button', { name: 'NAT' })).toHaveAttribute('aria-pressed', 'true');
  await expect(node(page, 'rs1')).toHaveAccessibleName(/10\.20\.0\.11/);
  expect(actions).toEqual([{ verb: 'switch', mode: 'nat', underLoad: true }]);
  expect(complaints).toEqual([]);
});

test('asks for nothing when the dialog is left by Escape', async ({ page, open, actions }) => {
  await open();
  await page.getByRole('button', { name: 'TUN' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'TUN' })).toBeFocused();
  expect(actions).toEqual([]);
});

test('stops and starts a machine by its menu, with the keyboard alone', async ({
  page,
  open,
  complaints,
}) => {
  await open();
  await node(page, 'rs2').focus();
  await page.keyboard.press('Shift+F10');
  await expect(menu(page).getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(menu(page).getByRole('menuitem', { name: 'Pull its plug' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(node(page, 'rs2')).toHaveAccessibleName(/stopped/);
  await expect(node(page, 'rs2'), 'focus goes back').toBeFocused();
  await page.keyboard.press('ContextMenu');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Boot, then apply the recipe' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(node(page, 'rs2')).toHaveAccessibleName(/running/);
  expect(complaints).toEqual([]);
});

test('asks how a machine restarts, and lists what is missing where it is left as it boots', async ({
  page,
  open,
  actions,
  complaints,
}) => {
  await open();
  const restart = async (way: RegExp) => {
    await node(page, 'rs1').focus();
    await page.keyboard.press('Shift+F10');
    await menu(page).getByRole('menuitem', { name: 'Restart' }).click();
    await page.getByRole('dialog', { name: 'Restart rs1' }).getByRole('button', { name: way }).click();
  };
  await restart(/Cancel/);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(node(page, 'rs1')).toBeFocused();
  expect(actions).toEqual([]);
  await restart(/Leave it as it boots/);
  const missing = page.locator('.drift').getByRole('listitem');
  await expect(missing.first()).toContainText('rs1');
  await expect(missing.filter({ hasText: 'rs2' })).toHaveCount(0);
  expect(actions).toEqual([{ verb: 'restartNode', node: 'rs1', asItBoots: true }, { verb: 'drift' }]);
  await restart(/apply the recipe/);
  await expect.poll(() => actions.at(-1)).toEqual({ verb: 'restartNode', node: 'rs1' });
  expect(complaints).toEqual([]);
});

test('opens the terminal of the machine whose menu it was', async ({ page, open }) => {
  await open();
  await node(page, 'rs2').focus();
  await page.keyboard.press('Shift+F10');
  await menu(page).getByRole('menuitem', { name: 'Open a terminal' }).click();
  await expect(page.getByRole('tab', { name: 'rs2' })).toHaveAttribute('aria-selected', 'true');
});

test('makes a cable worse by a form', async ({ page, open, actions, complaints }) => {
  await open();
  await cable(page, 'rs1:eth0').focus();
  await page.keyboard.press('Enter');
  await menu(page).getByRole('menuitem', { name: 'More faults…' }).click();
  const dialog = page.getByRole('dialog', { name: 'What is wrong with the cable rs1:eth0' });
  await dialog.getByRole('combobox', { name: 'Direction' }).selectOption('to');
  await dialog.getByRole('spinbutton', { name: /Frames lost/ }).fill('20');
  await dialog.getByRole('combobox', { name: 'Frames that are dropped' }).selectOption('syn');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(cable(page, 'rs1:eth0')).not.toHaveAccessibleName('Cable of eth0, rs1, lan');
  const drop = [{ protocol: 'tcp', tcpFlags: { syn: true, ack: false } }];
  const impairment = { to: { loss: 0.2, drop } };
  expect(actions).toEqual([{ verb: 'impair', node: 'rs1', nic: 'eth0', impairment }]);
  expect(complaints).toEqual([]);
});

test('cuts a cable, says so, and mends it', async ({ page, open, actions }) => {
  await open();
  await cable(page, 'rs1:eth0').focus();
  await page.keyboard.press('Enter');
  await menu(page).getByRole('menuitem', { name: 'Cut the cable' }).click();
  await expect(cable(page, 'rs1:eth0')).toHaveAccessibleName('Cable of eth0, rs1, lan, cut');
  await cable(page, 'rs1:eth0').focus();
  await page.keyboard.press('Enter');
  await menu(page).getByRole('menuitem', { name: 'Mend the cable' }).click();
  await expect(cable(page, 'rs1:eth0')).toHaveAccessibleName('Cable of eth0, rs1, lan');
  await cable(page, 'rs1:eth0').focus();
  await page.keyboard.press('Enter');
  await menu(page).getByRole('menuitem', { name: 'Plug into backend' }).click();
  await expect(cable(page, 'rs1:eth0')).toHaveAccessibleName('Cable of eth0, rs1, backend');
  expect(actions.map(({ verb }) => verb)).toEqual(['impair', 'impair', 'moveCable']);
});

test('opens the panel of the machine that is chosen, and remembers the panel', async ({ page, open }) => {
  await open();
  await node(page, 'rs1').click();
  await expect(page.getByRole('tab', { name: 'rs1' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'rs1' }).press('Home');
  await expect(page.getByRole('tab', { name: 'Traffic' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.reload();
  await expect(page.getByRole('tab', { name: 'Evidence' })).toHaveAttribute('aria-selected', 'true');
});

test('takes a packet apart that is clicked while all stand still', async ({ page, open, complaints }) => {
  await open();
  await expect(page.locator('.packet.request:visible').first()).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator('.packet.request:visible').first().focus();
  await page.keyboard.press('Enter');
  const frame = page.getByRole('dialog', { name: /Frame \d+/ });
  await expect(frame).toContainText('Ethernet');
  await frame.getByRole('button', { name: 'Its story' }).click();
  await expect(page.getByRole('tab', { name: 'Frames' })).toHaveAttribute('aria-selected', 'true');
  expect(complaints).toEqual([]);
});

test('stands still for who wants no motion', async ({ page, open }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open();
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('.packet:visible').first()).toBeVisible();
});

test('shows how a lab is started, and then the lab', async ({ page, open, complaints }) => {
  await open();
  await page.goto(`${new URL(page.url()).origin}/#/`);
  await page.getByRole('button', { name: 'Start', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Starting the lab' })).toBeVisible();
  await expect(node(page, 'director')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('says how much is shown, and who else claims the VIP', async ({ page, open }) => {
  await open({ busy: true });
  await expect(page.getByText(/^1 in [\d,]+ shown$/)).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('it has 10.10.0.100: director, rs1.');
  await expect(page.locator('[data-test="vip-flag"]')).toHaveCount(2);
});

test('asks before it takes the lab down, offers the report, and ends on the labs', async ({
  page,
  open,
  complaints,
}) => {
  await open();
  await page.getByRole('button', { name: 'Take down' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take down “demo”?' });
  await dialog.getByRole('button', { name: 'Open the report first' }).click();
  await expect(page).toHaveURL(/#\/labs\/demo\/report$/);
  await page.goBack();
  await page.getByRole('button', { name: 'Take down' }).click();
  await dialog.getByRole('button', { name: 'Take down' }).click();
  await expect(page).toHaveURL(/#\/$/);
  await expect(page.getByText('There is no lab')).toHaveCount(0);
  await expect(page.locator('[data-template="three-modes"]')).toBeVisible();
  await expect(page.locator('[data-lab="demo"]')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('asks before it resets the lab, and says what is lost and what stays', async ({
  page,
  open,
  actions,
}) => {
  await open();
  await page.getByRole('button', { name: 'Reset' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reset “demo”?' });
  await expect(dialog).toContainText(/What is lost:.*by hand.*What stays:.*journal/s);
  await expect(dialog.getByRole('button', { name: 'Open the report first' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(actions).toEqual([]);
  await page.getByRole('button', { name: 'Reset' }).click();
  await dialog.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => actions).toEqual([{ verb: 'reset' }]);
});

test('changes scheduler and weights', async ({ page, open, actions }) => {
  await open();
  await page.getByLabel('Scheduler').selectOption('wrr');
  await expect(page.getByLabel('Scheduler')).toHaveValue('wrr');
  await page.getByRole('button', { name: 'Weights' }).click();
  await page.getByRole('spinbutton', { name: 'rs2' }).fill('3');
  await page.keyboard.press('Enter');
  await expect.poll(() => actions.length).toBe(2);
  expect(actions).toEqual([
    { verb: 'service', changes: { scheduler: 'wrr' } },
    { verb: 'service', changes: { weights: { rs2: 3 } } },
  ]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`is accessible in ${theme}`, async ({ page, open, complaints }) => {
    await page.emulateMedia({ colorScheme: theme });
    await open({ busy: true });
    const broken = async () => {
      const { violations } = await new AxeBuilder({ page }).exclude('#dock-panel').analyze();
      return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
    };
    await page.getByRole('button', { name: 'Pause' }).click();
    expect(await broken(), 'at rest').toEqual([]);
    await cable(page, 'rs1:eth0').focus();
    await page.keyboard.press('Enter');
    expect(await broken(), 'with a menu').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'NAT' }).click();
    await expect(page.getByText('director:eth1').first()).toBeVisible();
    expect(await broken(), 'with the plan of a switch').toEqual([]);
    expect(complaints).toEqual([]);
  });
}
