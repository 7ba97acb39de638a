import { remarksOn } from '../../lab/lab-remarks.ts';
import { listLabs } from '../../lab/list-labs.ts';
import type { Checker } from '../checker.ts';

export const machinesChecker: Checker = {
  id: 'machines',
  title: 'Machines',
  why: 'A machine that is paused answers nothing; one that libvirt does not know runs on with its ports and its disk.',
  check: async (context) => {
    const labs = await listLabs(context);
    const remarks = remarksOn(labs);
    const orphans = labs.filter(({ state }) => state === 'orphan');
    const told = [
      ...remarks.map(({ lab, what }) => `${lab}: ${what}.`),
      ...orphans.map(({ name }) => `${name}: machines run that no record tells of.`),
    ];
    if (told.length === 0) return { status: 'ok', what: machineCount(labs) };
    const remedies = [
      ...remarks.map(({ remedy }) => remedy),
      ...orphans.map(({ name }) => `lvslab rm ${name}`),
    ];
    return { status: 'warning', what: told.join(' '), remedy: remedies.filter(Boolean).join(' ') };
  },
};

function machineCount(labs: readonly { readonly nodesRunning: number }[]): string {
  const running = labs.reduce((sum, { nodesRunning }) => sum + nodesRunning, 0);
  return running === 0 ? 'None runs.' : `${running} run, each as its lab's record has it.`;
}
