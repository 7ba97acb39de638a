import type { StartRequest } from '../../src-main/contract/labs.ts';
import { fakeLabCore } from '../support/fake-lab-core.ts';
import { fakeCore } from '../unit/shell/fake-core.ts';
import { accessibilityProblems, expect, test } from './fake-page.ts';

test('fetches and bakes an image, and a reload does not end that', async ({ page, open, complaints }) => {
  await open('/images');
  const image = page.locator('[data-image="centos-stream-9"]');
  await image.getByRole('button', { name: 'Fetch and bake' }).click();
  await expect(image).toContainText('Fetching the image');
  await page.reload();
  await expect(image).toContainText('under way');
  await expect(image).toContainText('Installing what labs need');
  await expect(image).toContainText('baked: labs can start on it');
  expect(complaints).toEqual([]);
});

test('cancels a bake, and says what is kept', async ({ page, open }) => {
  await open('/images');
  const image = page.locator('[data-image="almalinux-9"]');
  await image.getByRole('button', { name: 'Go on fetching, then bake' }).click();
  await image.getByRole('button', { name: 'Cancel' }).click();
  await expect(image).toContainText('Cancelled. What was fetched is kept for the next time.');
  await expect(image.getByRole('button', { name: 'Go on fetching, then bake' })).toBeVisible();
});

test('says what this computer lacks, what has ended, and what was verified', async ({ page, open }) => {
  await open('/images');
  const stream10 = page.locator('[data-image="centos-stream-10"]');
  await expect(stream10).toContainText('needs a processor of level x86-64-v3');
  await expect(stream10.getByRole('button')).toHaveCount(0);
  const centos7 = page.locator('[data-image="centos-7"]');
  await expect(centos7).toContainText('reached the end of its life on 2024-06-30');
  await expect(centos7).toContainText('checksum of the catalogue verified, not signed');
  await expect(page.locator('[data-image="mine"]')).toContainText('lvslab image import FILE --as mine');
});

test('removes an image after asking', async ({ page, open }) => {
  await open('/images');
  const image = page.locator('[data-image="rocky-9"]');
  await image.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(image).toHaveAttribute('data-state', 'baked');
  await image.getByRole('button', { name: 'Remove' }).click();
  await page.locator('.el-popconfirm').getByRole('button', { name: 'Remove' }).click();
  await expect(image).toHaveAttribute('data-state', 'absent');
});

test('starts a lab on an image that is baked, and leads to those that are not', async ({ page, open }) => {
  const asked: StartRequest[] = [];
  await open('/', {
    labs: {
      ...fakeCore().labs,
      start: async (request) => {
        asked.push(request);
        return { lab: 'demo', task: 'task-1' };
      },
    },
  });
  const card = page.locator('[data-template="three-modes"]');
  await card.getByRole('button', { name: 'Options…' }).click();
  const dialog = page.getByRole('dialog');
  const choice = dialog.getByRole('combobox', { name: 'Guest image' });
  await expect(choice).toHaveValue('embedded');
  await expect(choice.getByRole('option', { name: 'CentOS Stream 9 (not fetched)' })).toBeDisabled();
  await choice.selectOption('rocky-9');
  await expect(dialog).toContainText('4,096 MiB of memory');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(page).toHaveURL(/#\/labs\/demo/);
  expect(asked).toEqual([{ template: 'three-modes', mode: 'dr', image: 'rocky-9' }]);

  await page.goBack();
  await card.getByRole('button', { name: 'Options…' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Fetch and bake others' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Images that labs start from' })).toBeVisible();
});

test('names the guest of a lab that is not the embedded one', async ({ page, open }) => {
  const { labs } = await fakeLabCore();
  const guest = { image: 'rocky-9', title: 'Rocky Linux 9.5 (Blue Onyx)', kernel: '5.14.0' };
  await open('/labs/demo', {
    labs: {
      ...labs,
      view: (lab, onItem, signal) =>
        labs.view(
          lab,
          (view) => {
            onItem({ ...view, guest });
          },
          signal,
        ),
    },
  });
  await expect(page.getByText('Rocky Linux 9.5 (Blue Onyx)')).toBeVisible();
  await open('/labs/demo');
  await expect(page.getByRole('heading', { name: 'demo' })).toBeVisible();
  await expect(page.getByText('Debian GNU/Linux')).toHaveCount(0);
});

test('is reached from the page of this computer', async ({ page, open }) => {
  await open('/host');
  await page.getByRole('link', { name: 'Images: CentOS and others' }).click();
  await expect(page.getByRole('heading', { name: 'Images that labs start from' })).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['English', '中文', '日本語']) {
    test(`images are accessible, in ${language} and ${theme}`, async ({ page, open, complaints }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await open('/images');
      await page.getByText(language, { exact: true }).click();
      await expect(page.locator('[data-image="rocky-9"]')).toBeVisible();
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  }
}

for (const width of [390, 900, 1920]) {
  test(`images fit a window ${width} pixels wide`, async ({ page, open }) => {
    await page.setViewportSize({ width, height: 800 });
    await open('/images');
    await expect(page.locator('[data-image="rocky-9"]')).toBeVisible();
    const inner = await page.evaluate(
      'Math.max(...[...document.querySelectorAll("main *, .page *")].map((one) => one.getBoundingClientRect().right)) - innerWidth',
    );
    expect(inner).toBeLessThanOrEqual(0);
  });
}
