import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transitions, type LabVerb } from '../../src-main/lab/lab-states.ts';
import { leftovers } from '../support/leftovers.ts';
import { startLvslab } from '../support/lvslab.ts';
import { expectAlternation, keepLab, recordOf, stateOf, succeed } from '../support/kept-lab.ts';
import { testHome } from '../support/test-home.ts';

/** Every boundary of the steps of a verb, from the table of transitions: where each begins, and where the last ends. */
const boundaries = (verb: LabVerb) => {
  const steps = Object.keys(transitions[verb].weights);
  const last = { step: steps.at(-1)!, state: 'done' };
  return [...steps.map((step) => ({ step, state: 'running' })), last];
};

const at =
  ({ step, state }: { step: string; state: string }) =>
  (event: Record<string, unknown>) =>
    event['step'] === step && event['state'] === state;

/** Only a lab that is not restored with its recipe applied goes through these steps. */
const unsealed = ({ step }: { step: string }) => (['recipe', 'verify'].includes(step) ? ['--unsealed'] : []);

const warm = path.join(testHome, 'warm');

function forgetSealedLabs(): void {
  for (const name of readdirSync(warm)) {
    if (existsSync(path.join(warm, name, 'sealed.json'))) rmSync(path.join(warm, name), { recursive: true });
  }
}

/** Warm states and sealed labs that are not whole. */
function halfMade(): string[] {
  return readdirSync(warm).filter(
    (name) => !['sealed.json', 'warm.json'].some((record) => existsSync(path.join(warm, name, record))),
  );
}

/** `kill -9` for the process that owns the lab, whichever that is. */
async function killOwner(name: string): Promise<void> {
  const { owner } = await recordOf(name);
  process.kill(owner.pid, 'SIGKILL');
}

describe('the owner of a lab dies', () => {
  const lab = 'fault';

  describe('while the lab comes up', () => {
    it.each(boundaries('up'))('at $step, $state: nothing is left of it', async (point) => {
      if (point.step === 'seal') forgetSealedLabs();
      const call = startLvslab(['up', 'three-modes', '--name', lab, '--json', ...unsealed(point)]);
      await call.until(at(point));
      call.child.kill('SIGKILL');
      await call.ended;
      await succeed('recover');
      expect(await stateOf(lab)).toBeUndefined();
      expect(await leftovers(testHome)).toEqual([]);
      expect(halfMade()).toEqual([]);
    });
  });

  describe('in the middle of a verb', () => {
    beforeAll(() => keepLab(lab));
    afterAll(async () => {
      await succeed('rm', '--all');
      expect(await leftovers(testHome)).toEqual([]);
    });

    it.each(boundaries('reset'))('at $step, $state of reset: it is finished', async (point) => {
      await interrupt('reset', point);
      expect(await stateOf(lab)).toBe('ready');
      await expectAlternation(lab);
    });

    it.each(boundaries('switch'))('at $step, $state of a switch of mode: it is finished', async (point) => {
      const { mode } = (await recordOf(lab)).plan;
      const next = mode === 'dr' ? 'nat' : 'dr';
      const call = startLvslab(['mode', lab, next, '--json']);
      await call.until(at(point));
      await killOwner(lab);
      await call.ended;
      await succeed('recover');
      expect(await stateOf(lab)).toBe('ready');
      // Once the last step is over, it may have ended before it was killed.
      expect((await recordOf(lab)).plan.mode).toBe(next);
      await expectAlternation(lab);
    });

    it.each(boundaries('suspend'))('at $step, $state of suspend: it is finished', async (point) => {
      await interrupt('suspend', point);
      expect(await stateOf(lab)).toBe('suspended');
      await succeed('resume', lab);
      await expectAlternation(lab);
    });

    it('between two verbs: the lab goes on', async () => {
      await killOwner(lab);
      await succeed('recover');
      expect(await stateOf(lab)).toBe('ready');
      await expectAlternation(lab);
    });

    it.each(boundaries('remove'))(
      'at $step, $state of rm: it is whole, or nothing is left of it',
      async ({ step, state }) => {
        if ((await stateOf(lab)) === undefined) await keepLab(lab);
        const call = startLvslab(['rm', lab, '--json']);
        await call.until(at({ step, state }));
        call.child.kill('SIGKILL');
        await call.ended;
        await succeed('recover');
        if ((await stateOf(lab)) === 'ready') await expectAlternation(lab);
        else expect(await leftovers(testHome)).toEqual([]);
      },
    );
  });

  async function interrupt(verb: 'reset' | 'suspend', point: { step: string; state: string }) {
    const call = startLvslab([verb, lab, '--json', ...(verb === 'reset' ? unsealed(point) : [])]);
    await call.until(at(point));
    await killOwner(lab);
    await call.ended;
    await succeed('recover');
  }
});
