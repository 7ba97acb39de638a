import { ensureImage } from '../../src-main/image/ensure-image.ts';
import type { GuestImage } from '../../src-main/image/guest-image.ts';
import { testHome } from '../support/test-home.ts';
import { ensurePlainImage } from './plain-image.ts';
import { timePlainScript } from './plain-script.ts';
import { reportRatio } from './report.ts';
import { untilAnswers } from './until-answers.ts';

const rounds = 3;
/** The plain image's initrd does not fit into a node's 128 MiB; both get what it needs. */
const memoryMiB = 256;

/** Our guest image against a plain one of the same packages: `virsh create` to the end of the first SSH command. */
export async function benchImageBoot(): Promise<void> {
  const images = { peer: await ensurePlainImage(), ours: await ensureImage({ dataFolder: testHome }) };
  for (const [title, names] of [
    ['one guest', ['director']],
    ['four at once, the slowest', ['director', 'rs1', 'rs2', 'client']],
  ] as const) {
    const times = { ours: [] as number[], peer: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.peer.push(await boot(images.peer, names));
      times.ours.push(await boot(images.ours, names));
    }
    reportRatio(`image boot, ${title}`, { ...times, unit: 's', aim: 'at most 0.75' });
  }
}

function boot(image: GuestImage, names: readonly string[]): Promise<number> {
  return timePlainScript(image, { names, memoryMiB, answers: untilAnswers(image) });
}
