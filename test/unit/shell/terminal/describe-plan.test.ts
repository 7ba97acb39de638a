import { expect, it } from 'vitest';
import { describeSteps } from '../../../../src-main/shell/terminal/describe-plan.ts';
import { fileStep } from '../../lab/scratch-guests.ts';

it('tells of a step how it is kept over a restart only where that is to be told, and there is a way', () => {
  const step = fileStep('rs1', 'a', 'new', { commands: ['run it'] });
  const title = `rs1\n  ${step.title.en}\n      $ run it`;
  expect(describeSteps([step], { sign: '' })).toBe(title);
  expect(describeSteps([{ ...step, keep: [] }], { sign: '' })).toBe(title);
  expect(describeSteps([{ ...step, keep: ['keep it\nwhole', 'and it'] }], { sign: '' })).toBe(
    `${title}\n      over a restart:\n      $ keep it\n        whole\n      $ and it`,
  );
});
