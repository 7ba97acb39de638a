import type { LabSwitch } from '../../wire/lab-switch.ts';

/** Which record a switch keeps, as frames' numbers are told apart by it. */
export function recordOf({ clock }: Pick<LabSwitch, 'clock'>): string {
  return String(clock.wallStart);
}
