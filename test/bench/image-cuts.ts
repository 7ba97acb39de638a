import path from 'node:path';
import { ensureImage } from '../../src-main/image/ensure-image.ts';
import type { GuestImage } from '../../src-main/image/guest-image.ts';
import { readRecipe, recipeFile, type ImageRecipe } from '../../src-main/image/recipe.ts';
import { testHome } from '../support/test-home.ts';
import { timePlainScript } from './plain-script.ts';
import { median, show } from './report.ts';
import { untilAnswers } from './until-answers.ts';

const rounds = 3;

/** What each cut of the guest image gains: one guest's time to its first SSH command with that cut alone undone. */
export async function benchImageCuts(): Promise<void> {
  const recipe = await readRecipe();
  const ours = await ensureImage({ dataFolder: testHome });
  const variants: readonly (readonly [cut: string, image: GuestImage])[] = [
    ['nothing', ours],
    ['kernel arguments', { ...ours, kernelArguments: 'root=/dev/vda rw console=ttyS0 panic=-1' }],
    ['units masked', await build(changed(recipe, 'masked-units.txt', () => 'systemd-pstore.service\n'))],
    ['no generators', await build(changed(recipe, 'customize.sh', unmaskGenerators))],
    ['no journal before SSH', await build(changed(recipe, 'customize.sh', startJournal))],
    ['SSH first', await build(dropped(recipe, 'files/etc/systemd/system/ssh.service'))],
    ['SSH without PAM', await build(changed(recipe, sshdFile, (text) => text.replace('UsePAM no\n', '')))],
  ];
  const times = variants.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [index, [, image]] of variants.entries())
      times[index]?.push(
        await timePlainScript(image, { names: ['director'], memoryMiB: 256, answers: untilAnswers(image) }),
      );
  }
  const base = median(times[0] ?? []);
  for (const [index, [cut]] of variants.entries()) {
    const seconds = median(times[index] ?? []);
    console.log(`without ${cut}: ${show(seconds)} s, so it gains ${show(seconds - base)} s`);
  }
}

const unmaskGenerators = (script: string) =>
  script.replace('version=', 'rm -r "$root/etc/systemd/system-generators"\nversion=');
const startJournal = (script: string) => script.replace(/^rm .*journald.service"$/m, '');
const sshdFile = 'files/etc/ssh/sshd_config.d/lvslab.conf';

function build(recipe: ImageRecipe): Promise<GuestImage> {
  return ensureImage({ dataFolder: path.join(testHome, 'bench') }, { recipe });
}

function changed(recipe: ImageRecipe, name: string, change: (text: string) => string): ImageRecipe {
  return { files: new Map([...recipe.files, [name, change(recipeFile(recipe, name))]]) };
}

function dropped(recipe: ImageRecipe, name: string): ImageRecipe {
  return { files: new Map([...recipe.files].filter(([file]) => file !== name)) };
}
