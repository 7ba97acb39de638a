import type { IpvsService, IpvsSnapshot, IpvsTimeouts, OfferedSchedulers } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import type { ServiceChanges } from '../contract/service-changes.ts';
import {
  editServer,
  editService,
  setTimeouts,
  type IpvsEdit,
  type ServerEntry,
} from '../ipvs/change-ipvs.ts';
import { findRule, ruleLinesOf, type RuleLine } from '../ipvs/rule-line.ts';
import type { LabPlan, NodePlan, VirtualService } from '../plan/lab-plan.ts';
import { didYouMean } from '../template/near-miss.ts';
import { changedServers, type ChangedServer, type IpvsServer } from './named-entry.ts';
import { findService } from './virtual-service.ts';

/** What the director tells before its service is changed. */
export interface DirectorState {
  readonly snapshot: IpvsSnapshot;
  /** Read where a scheduler was asked for. */
  readonly offered: OfferedSchedulers | undefined;
}

/** What is run on the director, in this order, and the lab's plan once it has been. */
export interface PlannedChange {
  readonly edits: readonly IpvsEdit[];
  readonly plan: LabPlan;
}

/**
 * From what is asked to what is done. The fields that are asked for are changed, in the table and in the plan; all
 * others stay as the director has them, also where they were set by hand. Pure.
 * @throws LabError `bad-input` for a scheduler the kernel lacks, naming those it has, a real server the service has not,
 *   one that has several entries where none is named, or a value that ipvsadm would not take.
 */
export function planServiceChange(
  plan: LabPlan,
  changes: ServiceChanges,
  { snapshot, offered }: DirectorState,
): PlannedChange {
  const asked = Object.entries(changes).filter(([name, value]) => name !== 'timeouts' && value !== undefined);
  // Timeouts are of no service.
  const service = asked.length > 0 ? sureService(snapshot, plan) : findService(snapshot, plan).service;
  if (changes.scheduler !== undefined && offered) demandOffered(changes.scheduler, offered);
  const lines = ruleLinesOf(snapshot.rules);
  const servers = changedServers(plan, service, changes);
  const timeouts = changes.timeouts && wantedTimeouts(snapshot.timeouts, changes.timeouts);
  const edits = [
    ...serviceEdits(plan, changes, service, { snapshot, offered, lines }),
    ...servers.map(({ current, wanted }) => editServer(entryIn(lines, service, current), wanted)),
    ...(timeouts ? [setTimeouts(snapshot.timeouts, timeouts)] : []),
  ];
  return {
    edits: edits.filter(({ command, undo }) => command !== undo),
    plan: {
      ...plan,
      service: {
        ...plan.service,
        ...plannedFields(service, changes),
        timeouts: timeouts ?? plan.service.timeouts,
      },
      nodes: plan.nodes.map((node) => {
        const own = servers.find((each) => each.node === node.name);
        return own ? { ...node, ...plannedServer(node, own) } : node;
      }),
    },
  };
}

/**
 * The service that takes the lab's requests.
 * @throws LabError `bad-input` where it is only the likely one of several: nothing is changed by a guess.
 */
function sureService(snapshot: IpvsSnapshot, plan: LabPlan): IpvsService {
  const { service, sure } = findService(snapshot, plan);
  if (sure || snapshot.services.length === 1) return service;
  const names = snapshot.services.map(({ protocol, address }) => `${protocol} ${address}`);
  throw new LabError('bad-input', 'It is not known which of the director’s services takes the requests.', {
    why: `It has ${names.join(' and ')}, and by which rules packets get their marks could not be read or is not understood.`,
    remedy: `Change it in a shell of the director: ipvsadm -Sn, iptables-save -t mangle and nft list ruleset tell what there is.`,
  });
}

function entryIn(lines: readonly RuleLine[], service: IpvsService, current: IpvsServer): ServerEntry {
  const thresholds = current.thresholds ?? { upper: 0, lower: 0 };
  return { line: lineOf(lines, service, current.address), thresholds };
}

/** @throws LabError `guest-command-failed` when the listings do not agree: one came or went between them. */
function lineOf(lines: readonly RuleLine[], service: IpvsService, server?: string): RuleLine {
  const line = findRule(lines, service, server);
  if (line) return line;
  throw new LabError('guest-command-failed', "The director's table changed while it was read.", {
    remedy: 'Ask again.',
  });
}

/** Bounds go together: where one is asked for, the plan has both as the director has them then. */
function plannedServer(
  node: NodePlan,
  { current, wanted }: ChangedServer,
): Pick<NodePlan, 'weight' | 'thresholds'> {
  const { weight = node.weight, upper, lower } = wanted;
  if ((upper ?? lower) === undefined) return { weight, thresholds: node.thresholds };
  const was = current.thresholds ?? { upper: 0, lower: 0 };
  return { weight, thresholds: { upper: upper ?? was.upper, lower: lower ?? was.lower } };
}

function wantedTimeouts(
  current: IpvsTimeouts,
  { tcp = current.tcp, tcpFin = current.tcpFin, udp = current.udp }: NonNullable<ServiceChanges['timeouts']>,
): IpvsTimeouts {
  return { tcp, tcpFin, udp };
}

/** @throws LabError `bad-input` naming the schedulers there are. */
function demandOffered(scheduler: string, { kernel, schedulers }: OfferedSchedulers): void {
  const names = schedulers.map(({ name }) => name);
  if (names.includes(scheduler)) return;
  throw new LabError(
    'bad-input',
    `The director's kernel has no scheduler '${scheduler}'.${didYouMean(scheduler, names)}`,
    { why: `Linux ${kernel} there has: ${names.join(', ')}.`, remedy: 'Choose one of these.' },
  );
}

/** What the plan takes over: what was asked for, and what goes with it: flags with their scheduler, a mask with persistence. */
function plannedFields(service: IpvsService, changes: ServiceChanges): Partial<VirtualService> {
  const { scheduler, persistentSeconds, netmask, schedulerFlags } = changes;
  const otherScheduler = scheduler !== undefined && scheduler !== service.scheduler;
  return {
    ...(scheduler !== undefined && { scheduler }),
    ...(persistentSeconds !== undefined && { persistentSeconds }),
    ...(persistentSeconds === null && { netmask: null }),
    // A mask is nothing without persistence, nor are flags without their scheduler.
    // A mask of one address is what persistence has by itself, and is not printed.
    ...(netmask !== undefined && { netmask: netmask === '255.255.255.255' ? null : netmask }),
    ...(netmask && { persistentSeconds: persistentSeconds ?? service.persistentSeconds }),
    ...(otherScheduler && { schedulerFlags: [] }),
    ...(schedulerFlags && {
      schedulerFlags: [...new Set(schedulerFlags)],
      scheduler: scheduler ?? service.scheduler,
    }),
  };
}

/** The new scheduler's module first; those nothing holds then go, which would hold ip_vs at the next switch of mode. */
function serviceEdits(
  { service: { scheduler: planned } }: LabPlan,
  { scheduler, persistentSeconds, netmask, schedulerFlags }: ServiceChanges,
  service: IpvsService,
  { snapshot: { services }, offered, lines }: DirectorState & { readonly lines: readonly RuleLine[] },
): IpvsEdit[] {
  const fields = { scheduler, persistentSeconds, netmask, schedulerFlags };
  if (Object.values(fields).every((value) => value === undefined)) return [];
  const edit = editService(lineOf(lines, service), fields);
  const after = scheduler ?? service.scheduler;
  const wasLoaded = offered?.schedulers.some(({ name, as }) => name === after && as !== 'module');
  const others = services.filter((each) => each !== service).map((each) => each.scheduler);
  const idle = new Set([service.scheduler, planned].filter((name) => ![after, ...others].includes(name)));
  return [
    ...(after === service.scheduler || wasLoaded ? [] : [loadModule(after)]),
    edit,
    ...[...idle].map(unloadModule),
  ];
}

function loadModule(scheduler: string): IpvsEdit {
  return {
    command: `modprobe ip_vs_${scheduler}`,
    verify: `test -d /sys/module/ip_vs_${scheduler}`,
    undo: `modprobe -r ip_vs_${scheduler}`,
  };
}

/** Something else may hold it, such as a service in another network namespace: then it stays, and that is no fault. */
function unloadModule(scheduler: string): IpvsEdit {
  return {
    command: `modprobe -r ip_vs_${scheduler} 2>/dev/null || true`,
    verify: 'true',
    undo: `modprobe ip_vs_${scheduler}`,
  };
}
