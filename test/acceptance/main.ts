import path from 'node:path';
import { parseArgs } from 'node:util';
import { endWithStarters } from '../../src-main/process/end-with-starters.ts';
import { dataFolder } from '../../src-main/process/user-folders.ts';
import { table } from '../../src-main/shell/terminal/table.ts';
import { starters, startersVariable } from '../../resources/setup/starters.mjs';
import { endOnSignals, endStarted } from '../support/end-started.ts';
import { askingLvslab } from './ask-lvslab.ts';
import { imageChecks, type BakedGuest } from './image-checks.ts';
import { labChecks } from './lab-checks.ts';
import { runChecks, type CheckOutcome } from './run-checks.ts';

const usage = `Usage: npm run acceptance -- --image NAME [--home FOLDER]
Proves an image from its source to labs in every mode: docs/images.md tells what is looked at.
  --image  an image of the catalogue, also one of your own ('lvslab image catalogue' shows them)
  --home   the data folder, in place of LVSLAB_HOME or the usual one`;

function tell(event: string | CheckOutcome): void {
  if (typeof event === 'string') console.error(`… ${event}`);
  else console.error(`  ${event.verdict} after ${event.seconds.toFixed(1)} s: ${event.found}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { image: { type: 'string' }, home: { type: 'string' } } });
  const { image, home } = values;
  if (image === undefined) throw new Error(usage);
  const guest: BakedGuest = {};
  const ask = askingLvslab(home === undefined ? dataFolder() : path.resolve(home));
  const outcomes = await runChecks(
    [...imageChecks(image, ask, guest), ...labChecks(image, ask, guest)],
    tell,
  );
  const rows = outcomes.map(({ title, verdict, seconds, found }) => [
    ...[title, verdict, seconds.toFixed(1), found.split('\n')[0] ?? ''],
  ]);
  console.log(`\n${image}\n${table(['CHECK', 'VERDICT', 'SECONDS', 'FOUND'], rows)}`);
  const count = (verdict: CheckOutcome['verdict']) =>
    outcomes.filter((outcome) => outcome.verdict === verdict).length;
  console.log(
    `\n${count('passed')} passed, ${count('failed')} failed, ${count('not run')} not run, ${count('does not apply')} do not apply`,
  );
  return count('failed') + count('not run') === 0 ? 0 : 1;
}

endOnSignals();
endWithStarters();
// What is started here ends with us, also when we are killed.
process.env[startersVariable] = starters();
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  await endStarted();
}
