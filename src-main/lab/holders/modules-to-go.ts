import type { AppliedStep } from '../../plan/applied-step.ts';

const unloads = /^modprobe -r (\S+)$/;

/** The modules that undoing the steps would unload, by node. */
export function modulesToGo(undo: readonly AppliedStep[]): Map<string, string[]> {
  const modules = new Map<string, string[]>();
  for (const step of undo) {
    const names = step.undo.flatMap((command) => unloads.exec(command)?.[1] ?? []);
    if (names.length > 0) modules.set(step.node, [...(modules.get(step.node) ?? []), ...names]);
  }
  return modules;
}

/** What is to become of a node's modules as its steps are undone. */
export interface ModulesWay {
  /** They stay loaded. */
  readonly kept: readonly string[];
  /** They go before the module they hold. */
  readonly idle: readonly string[];
  /** Of the lab's service: what a module that stays goes on knowing. */
  readonly service: string;
}

/**
 * The steps with their undoing as that has it. Where ip_vs stays, its connections are made to go with their servers: only
 * unloading it would empty the table. `expire_nodest_conn` does so from Linux 5.9 on (ip_vs_expire_nodest_conn_flush()).
 */
export function undoAs(undo: readonly AppliedStep[], ways: ReadonlyMap<string, ModulesWay>): AppliedStep[] {
  const changed = undo.map((step) => {
    const way = ways.get(step.node);
    return way ? { ...step, undo: step.undo.flatMap((command) => commandAs(command, way)) } : step;
  });
  const begins = [...ways]
    .filter(([, { kept }]) => kept.includes('ip_vs'))
    .map(([node]): AppliedStep => ({
      ...{ node, id: 'forget-connections', title: 'Have connections go with their servers' },
      ...{ state: 'applied', commands: [], milliseconds: 0 },
      undo: [forgetting],
    }));
  return [...begins, ...changed];
}

const sysctl = '/proc/sys/net/ipv4/vs/expire_nodest_conn';
const was = '/run/lvslab-expire-nodest-conn';
const forgetting = `test ! -e ${sysctl} || { cat ${sysctl} >${was} && echo 1 >${sysctl}; }`;

function commandAs(command: string, { kept, idle, service }: ModulesWay): string[] {
  const module = unloads.exec(command)?.[1];
  if (module === undefined) return [command];
  if (!kept.includes(module)) {
    const others = module === 'ip_vs' && idle.length > 0 ? [`modprobe -r ${idle.join(' ')}`] : [];
    return [
      ...others,
      ...(others.length > 0 ? [`test ! -d /sys/module/${module} || ${command}`] : [command]),
    ];
  }
  if (module !== 'ip_vs') return [];
  // In two seconds at most: a kernel that cannot do it lets them end by their time-outs.
  const left = `ipvsadm -Lnc | grep -qF ' ${service} '`;
  return [
    `for i in 1 2 3 4 5 6 7 8 9 10; do ${left} || break; sleep 0.2; done`,
    `test ! -e ${was} || { cat ${was} >${sysctl}; rm ${was}; }`,
  ];
}
