import { z } from 'zod';

/**
 * How a machine is. `off`: it neither runs nor is held by libvirt. The others are libvirt's own (virsh(1), domstate):
 * `in-shutdown` is being shut down, `pmsuspended` put itself to sleep.
 */
export const machineStateSchema = z.enum([
  'running',
  'paused',
  'in-shutdown',
  'crashed',
  'pmsuspended',
  'off',
]);
export type MachineState = z.infer<typeof machineStateSchema>;

/** What is seen of a machine, whoever started it and whichever libvirt answers. */
export const machineConditionSchema = z.object({
  state: machineStateSchema,
  /** Why, in libvirt's words, such as `user` or `I/O error`; null where nothing is to be told. */
  reason: z.string().nullable(),
  /** Whether libvirt knows it. False: its process runs, and the libvirt that is asked does not know it or is away. */
  known: z.boolean(),
  /** libvirt did not answer: the process runs, and whether it is paused is not known. */
  unasked: z.boolean().optional(),
});
export type MachineCondition = z.infer<typeof machineConditionSchema>;

/** A machine that is not there. */
export const machineOff: MachineCondition = { state: 'off', reason: null, known: true };

/** Whether it carries out what its guest does: one that is paused or crashed is there, and answers nothing. */
export function works({ state }: MachineCondition): boolean {
  return state === 'running';
}
