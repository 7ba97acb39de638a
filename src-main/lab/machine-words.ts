import type { MachineCondition } from '../contract/machine.ts';

/** How a machine is, as the end of a sentence: `paused (user)`. */
export function conditionWords({ state, reason, known, unasked = false }: MachineCondition): string {
  const word = state === 'in-shutdown' ? 'in shutdown' : state === 'pmsuspended' ? 'asleep' : state;
  const told = reason === null ? word : `${word} (${reason})`;
  if (unasked) return `${told} by its process alone, since libvirt does not answer`;
  return known ? told : `${told}, without libvirt knowing it`;
}

/** What brings a machine back to where it works. */
export function conditionRemedy(lab: string, node: string, condition: MachineCondition): string {
  const { state, reason, known, unasked = false } = condition;
  if (state === 'off') return `Start it: lvslab start ${lab} ${node}`;
  if (state === 'crashed' || state === 'in-shutdown')
    return `End it and start it anew: lvslab stop --force ${lab} ${node}, then lvslab start ${lab} ${node}`;
  if (unasked) return 'See whether libvirt runs (lvslab doctor), and try again once it answers.';
  if (!known && state === 'running')
    return `To have it known to libvirt again: lvslab restart ${lab} ${node}, or lvslab reset ${lab} for all; 'lvslab rm ${lab}' ends them.`;
  const room =
    reason === 'I/O error' ? 'Its disk could not be written to: make room on this host first. Then go' : 'Go';
  return `${room} on with it: lvslab start ${lab} ${node}`;
}
