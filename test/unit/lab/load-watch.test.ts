import { expect, it } from 'vitest';
import { directorEventRowsSchema, type DirectorEvent } from '../../../src-main/contract/director-log.ts';
import { directorLogLines } from '../../../src-main/lab/kept-director-log.ts';
import { watchLoad } from '../../../src-main/lab/load-watch.ts';
import type { LabSwitch } from '../../../src-main/wire/lab-switch.ts';
import { madeState } from '../../support/made-director.ts';
import { labPlan } from '../plan/example-plan.ts';

/** A switch whose record lost all that came since the watch began. */
function losingSwitch(): Pick<LabSwitch, 'record' | 'recorded' | 'clock'> {
  let asked = 0;
  const limits = { overwritten: 0, bytes: 0, limits: { frames: 1, bytes: 1 } };
  return {
    clock: { monotonicStart: 0n, epochStart: 0 } as unknown as LabSwitch['clock'],
    record: () => Promise.resolve({ ...limits, frames: 10 * asked++ } as never),
    recorded: () => Promise.resolve({ frames: [], next: 10, lost: 10 } as never),
  };
}

it('tells that frames were lost, and that the table was changed, in a log that can be read again', async () => {
  const lines: string[] = [];
  const log = directorLogLines((line) => lines.push(JSON.stringify(line)));
  const watch = await watchLoad(losingSwitch() as LabSwitch, labPlan(), { onEvents: log.add });
  watch.begin(madeState('rr', [{ name: 'rs1', weight: 1 }]));
  expect(await watch.end(true)).toMatchObject({ verdict: 'not-predictable' });
  log.end();
  const kinds = lines.flatMap((line) =>
    directorEventRowsSchema.parse(JSON.parse(line)).map(([, kind]): DirectorEvent['kind'] => kind),
  );
  expect(kinds).toEqual(['lost', 'changed']);
});
