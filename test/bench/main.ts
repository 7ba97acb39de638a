import { benchDecode } from './decode.ts';
import { benchFirstClick } from './first-click.ts';
import { benchImageBoot } from './image-boot.ts';
import { benchImageCuts } from './image-cuts.ts';
import { benchLabReport } from './lab-report.ts';
import { benchLabUp } from './lab-up.ts';
import { benchLoad } from './load.ts';
import { benchModeSwitch } from './mode-switch.ts';
import { benchPage } from './page.ts';
import { benchSwitch } from './switch.ts';
import { benchTrace } from './trace.ts';
import { benchWarmUp } from './warm-up.ts';
import { starters, startersVariable } from '../../resources/setup/starters.mjs';
import { endWithStarters } from '../../src-main/process/end-with-starters.ts';
import { endOnSignals, endStarted } from '../support/end-started.ts';
import { startLvslab } from '../support/lvslab.ts';

/** Every benchmark, or those that are named: `npm run bench -- load switch`. */
const benches = {
  decode: benchDecode,
  'first-click': benchFirstClick,
  'image-boot': benchImageBoot,
  'image-cuts': benchImageCuts,
  'lab-report': benchLabReport,
  'lab-up': benchLabUp,
  load: benchLoad,
  'mode-switch': benchModeSwitch,
  page: benchPage,
  switch: benchSwitch,
  trace: benchTrace,
  'warm-up': benchWarmUp,
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark '${unknown.join("', '")}'. There are: ${Object.keys(benches).join(', ')}.`,
  );
  process.exit(2);
}
endOnSignals();
endWithStarters();
// What is started here ends with us, also when we are killed.
process.env[startersVariable] = starters();
// Starts libvirt and builds the image where that is left to do, so that no figure holds it.
try {
  await startLvslab(['doctor', '--fix']).ended;
  for (const [name, bench] of Object.entries(benches)) {
    if (named.length > 0 && !named.includes(name)) continue;
    console.log(`\n━━ ${name}`);
    await bench();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await endStarted();
}
