import type { IpvsService, IpvsSnapshot, IpvsTimeouts, OfferedSchedulers } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import type { ServiceChanges } from '../contract/service-changes.ts';
import { editServer, editService, setTimeouts, type IpvsEdit } from '../ipvs/change-ipvs.ts';
import type { LabPlan, NodePlan, VirtualService } from '../plan/lab-plan.ts';
import { didYouMean } from '../template/near-miss.ts';
import { ipOf, realServers, serviceIn } from './virtual-service.ts';

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
 * From what is asked to what is done. What is not asked for stays as the director has it, also where that was set by
 * hand: the plan takes it over. Pure.
 * @throws LabError `bad-input` for a scheduler the kernel lacks, naming those it has, a real server the service has not,
 *   or a value that ipvsadm would not take.
 */
export function planServiceChange(
  plan: LabPlan,
  changes: ServiceChanges,
  { snapshot, offered }: DirectorState,
): PlannedChange {
  const service = serviceIn(snapshot, plan);
  if (changes.scheduler !== undefined && offered) demandOffered(changes.scheduler, offered);
  const wanted = wantedService(service, changes);
  const servers = changedServers(plan, service, changes);
  const timeouts = changes.timeouts && wantedTimeouts(snapshot.timeouts, changes.timeouts);
  return {
    edits: [
      ...serviceEdits(plan, wanted, service, { snapshot, offered }),
      ...servers.map(({ current, weight, upper, lower }) =>
        editServer(service, settingsOf(current), { weight, upper, lower }),
      ),
      ...(timeouts ? [setTimeouts(snapshot.timeouts, timeouts)] : []),
    ],
    plan: {
      ...plan,
      service: { ...plan.service, ...wanted, timeouts: timeouts ?? plan.service.timeouts },
      nodes: plan.nodes.map((node) => {
        const changed = servers.find(({ name }) => name === node.name);
        if (!changed) return node;
        const { weight, upper, lower } = changed;
        return { ...node, weight, thresholds: { upper, lower } };
      }),
    },
  };
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

type Settings = Pick<VirtualService, 'scheduler' | 'persistentSeconds' | 'netmask' | 'schedulerFlags'>;

/** The fields of `editService` with what goes together settled: flags go with their scheduler, a mask with persistence. */
function wantedService(service: IpvsService, changes: ServiceChanges): Settings {
  const { scheduler = service.scheduler, persistentSeconds = service.persistentSeconds } = changes;
  const sameScheduler = scheduler === service.scheduler;
  const {
    netmask = persistentSeconds === null ? null : service.netmask,
    schedulerFlags = sameScheduler ? service.schedulerFlags : [],
  } = changes;
  return { scheduler, persistentSeconds, netmask, schedulerFlags: [...schedulerFlags] };
}

/** The new scheduler's module first; those nothing holds then go, which would hold ip_vs at the next switch of mode. */
function serviceEdits(
  { service: { scheduler: planned } }: LabPlan,
  wanted: Settings,
  service: IpvsService,
  { snapshot: { services }, offered }: DirectorState,
): IpvsEdit[] {
  const edit = editService(service, wanted);
  const { scheduler } = wanted;
  const wasLoaded = offered?.schedulers.some(({ name, as }) => name === scheduler && as !== 'module');
  const others = services.filter((each) => each !== service).map((each) => each.scheduler);
  const idle = new Set([service.scheduler, planned].filter((name) => ![scheduler, ...others].includes(name)));
  return [
    ...(scheduler === service.scheduler || wasLoaded ? [] : [loadModule(scheduler)]),
    ...(edit.command === edit.undo ? [] : [edit]),
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

function unloadModule(scheduler: string): IpvsEdit {
  return {
    command: `modprobe -r ip_vs_${scheduler}`,
    verify: `! test -d /sys/module/ip_vs_${scheduler}`,
    undo: `modprobe ip_vs_${scheduler}`,
  };
}

type IpvsServer = IpvsService['servers'][number];

interface ChangedServer {
  readonly name: string;
  readonly current: IpvsServer;
  readonly weight: number;
  readonly upper: number;
  readonly lower: number;
}

function changedServers(
  plan: LabPlan,
  { servers }: IpvsService,
  { weights = {}, upper = {}, lower = {} }: ServiceChanges,
): ChangedServer[] {
  const names = new Set([weights, upper, lower].flatMap((each) => Object.keys(each)));
  return [...names].map((name) => {
    const addresses = addressesOf(realServer(plan, name));
    const current = servers.find(({ address }) => addresses.includes(ipOf(address)));
    if (!current) {
      throw new LabError('bad-input', `${name} is not in the director's table.`, {
        remedy: `'lvslab drift ${plan.name}' tells what is missing.`,
      });
    }
    const was = current.thresholds ?? { upper: 0, lower: 0 };
    return {
      ...{ name, current, weight: weights[name] ?? current.weight },
      ...{ upper: upper[name] ?? was.upper, lower: lower[name] ?? was.lower },
    };
  });
}

function realServer(plan: LabPlan, name: string): NodePlan {
  const all = realServers(plan);
  const found = all.find((node) => node.name === name);
  if (found) return found;
  const names = all.map((node) => node.name);
  throw new LabError('bad-input', `There is no real server '${name}'.${didYouMean(name, names)}`, {
    remedy: `Real servers of this lab: ${names.join(', ')}.`,
  });
}

function addressesOf({ nics }: NodePlan): string[] {
  return nics.flatMap(({ address }) => (address === null ? [] : ipOf(address)));
}

function settingsOf({ address, forwarding, weight, thresholds }: IpvsServer) {
  return { address, forwarding, weight, upper: thresholds?.upper ?? 0, lower: thresholds?.lower ?? 0 };
}
