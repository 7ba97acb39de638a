import type { Holder, HoldersWay } from '../../contract/holders.ts';
import { LabError } from '../../contract/lab-error.ts';
import { message, type Message } from '../../contract/message.ts';
import type { AppliedStep } from '../../plan/applied-step.ts';
import type { LabPlan } from '../../plan/lab-plan.ts';
import type { WorkOptions } from '../lab-context.ts';
import type { OwnedLab } from '../owned-lab.ts';
import { sessionOf } from '../running-lab.ts';
import { runStep } from '../task.ts';
import { findHolders, type Found } from './find-holders.ts';
import { listingScript, parseListings } from './holder-listings.ts';
import { modulesToGo, undoAs, type ModulesWay } from './modules-to-go.ts';

/** How the steps are to be undone, and what is worth telling of it. */
export interface Settled {
  readonly undo: readonly AppliedStep[];
  readonly remarks: readonly Message[];
}

/**
 * Looks who else holds the kernel modules that undoing the steps would unload, before anything is changed, and does with
 * them as was asked: ends them, or leaves them and the modules.
 * @param asked What asks for it again, for the words of a refusal: `lvslab mode demo nat`.
 * @throws LabError `modules-held` naming them, where nothing was asked or one cannot be ended; the lab is as it was then.
 */
export async function settleHolders(
  lab: OwnedLab,
  undo: readonly AppliedStep[],
  { way, asked }: { readonly way: HoldersWay | undefined; readonly asked: string },
  work: WorkOptions,
): Promise<Settled> {
  const modules = modulesToGo(undo);
  if (modules.size === 0) return { undo, remarks: [] };
  const look = () => findOnAll(lab, modules, undo, work);
  const title = 'Look who else holds the kernel modules';
  let found = await runStep(work, { id: 'holders', title }, look);
  const holders = holdersIn(found);
  if (holders.length > 0 && way === undefined) throw held(holders, asked);
  if (holders.length > 0 && way === 'stop') {
    await runStep(work, { id: 'stop-holders', title: 'End what holds them' }, () =>
      stopAll(lab, holders, asked, work),
    );
    found = await look();
    const left = holdersIn(found);
    if (left.length > 0) throw stillHeld(left, holders, asked);
  }
  return { undo: undoAs(undo, waysOf(found, lab.record.plan)), remarks: remarksOn(holders, way) };
}

function holdersIn(found: ReadonlyMap<string, Found>): Holder[] {
  return [...found.values()].flatMap(({ holders }) => holders);
}

/** One round trip to each node, all at the same time. */
async function findOnAll(
  lab: OwnedLab,
  modules: ReadonlyMap<string, readonly string[]>,
  undo: readonly AppliedStep[],
  { signal }: WorkOptions,
): Promise<Map<string, Found>> {
  const { vip, port, protocol } = lab.record.plan.service;
  const found = await Promise.all(
    [...modules].map(async ([node, names]) => {
      const { stdout } = await sessionOf(lab, node).run(listingScript(names), { signal });
      const own = {
        ...{ node, vip, modules: names, service: { protocol, address: `${vip}:${port}` } },
        checker: undo.some(({ id, node: on }) => on === node && id === 'keepalived'),
      };
      return [node, findHolders(parseListings(stdout), own)] as const;
    }),
  );
  return new Map(found);
}

function waysOf(found: ReadonlyMap<string, Found>, { service }: LabPlan): Map<string, ModulesWay> {
  return new Map(
    [...found].map(([node, { holders, idle }]) => [
      node,
      {
        kept: holders.flatMap(({ modules }) => modules),
        idle,
        service: `${service.vip}:${service.port}`,
      },
    ]),
  );
}

/** Each is ended by itself, so that it is known which one could not be. */
async function stopAll(
  lab: OwnedLab,
  holders: readonly Holder[],
  asked: string,
  { signal }: WorkOptions,
): Promise<void> {
  const endless = holders.filter(({ stop }) => stop.length === 0);
  if (endless.length > 0) throw held(endless, asked);
  for (const { node, stop, what } of holders) {
    for (const command of stop) {
      const { exitCode, stderr } = await sessionOf(lab, node).run(command, { signal });
      if (exitCode === 0) continue;
      throw new LabError('modules-held', `On ${node}, ${what.text}, could not be ended.`, {
        node,
        why: `'${command}' ended with ${exitCode}${stderr.trim() && `: ${stderr.trim()}`}`,
        remedy: `End it by hand and ask again, or leave it: ${asked} --holders keep`,
      });
    }
  }
}

function held(holders: readonly Holder[], asked: string): LabError {
  const [first] = holders;
  const modules = [...new Set(holders.flatMap((each) => each.modules[0] ?? []))].join(' and ');
  const ends = holders.every(({ stop }) => stop.length > 0);
  return new LabError(
    'modules-held',
    `Something else holds ${modules} on ${first?.node ?? ''}; nothing was changed.`,
    {
      ...(first && { node: first.node }),
      why: linesOf(holders),
      remedy: [
        'End it by hand and ask again',
        ...(ends ? [`or have it ended: ${asked} --holders stop`] : []),
        `or leave it, with the module loaded: ${asked} --holders keep`,
      ].join('; '),
    },
  );
}

function stillHeld(left: readonly Holder[], stopped: readonly Holder[], asked: string): LabError {
  return new LabError('modules-held', 'Something holds the kernel modules still. The lab was not changed.', {
    why: `${linesOf(left)}\nEnded were: ${stopped.map(({ what }) => what.text).join('; ')}`,
    remedy: `Leave it, with the module loaded: ${asked} --holders keep`,
  });
}

/** `director: the master sync daemon (mcast=eth0 ...), as 'ipvsadm -L --daemon' shows` */
function linesOf(holders: readonly Holder[]): string {
  return holders.map(({ node, what, shownBy }) => `${node}: ${what.text}, as '${shownBy}' shows`).join('\n');
}

function remarksOn(holders: readonly Holder[], way: HoldersWay | undefined): Message[] {
  return holders.map(({ node, what, modules }) =>
    way === 'keep'
      ? message('switch.kept', 'On {node} {modules} stays loaded, and so does what holds it: {what}.', {
          ...{ node, what },
          modules: modules[0] ?? '',
        })
      : message('switch.ended', 'On {node} this was ended: {what}.', { node, what }),
  );
}
