import { LabError } from '../contract/lab-error.ts';
import type { OwnedLab } from './owned-lab.ts';

/** @throws LabError `bad-input` when the lab is not ready, with what would make it so. */
export function demandReady({ record: { plan, state } }: Pick<OwnedLab, 'record'>): void {
  if (state === 'ready') return;
  throw new LabError('bad-input', `The lab '${plan.name}' is ${state}, not ready.`, {
    remedy:
      state === 'suspended'
        ? `Wake it first: lvslab resume ${plan.name}`
        : `Reset it (lvslab reset ${plan.name}), or mend it and set its mode up again: lvslab mode ${plan.name} ${plan.mode}`,
  });
}
