import { LabError } from '../contract/lab-error.ts';
import type { GuestTraits } from '../family/guest-traits.ts';
import { parseSubnet } from '../template/ipv4.ts';
import type { LabTemplate, Mode } from '../template/lab-template.ts';
import { didYouMean } from '../template/near-miss.ts';
import { hostNameSchema, schedulerSchema, timeoutSchema, weightSchema } from '../template/value-types.ts';
import { embeddedGuest, type LabPlan, type NicPlan, type NodePlan, type VirtualService } from './lab-plan.ts';
import { macAddress } from './mac-address.ts';
import { checkOptions } from './plan-options.ts';

/** Where a plan's identities come from: they are the caller's to find, so that planning stays pure. */
export interface Allocator {
  /** A UUID not given before. */
  readonly uuid: () => string;
  /** A port of 127.0.0.1 not given before, free for TCP and for UDP. Called `portsNeeded` times. */
  readonly port: () => number;
}

/** What is asked for when a lab is made. */
export interface PlanRequest {
  readonly template: LabTemplate;
  readonly mode: string;
  /** The lab's name: a host name in form. */
  readonly name: string;
  /** The lab's UUID. */
  readonly id: string;
  /** In place of the template's. */
  readonly scheduler?: string | undefined;
  /** Choices by the name of an option. An option of another mode waits until the lab is switched to that. */
  readonly options?: Readonly<Record<string, string>> | undefined;
  /** By real server, in place of the template's. */
  readonly weights?: Readonly<Record<string, number>> | undefined;
  /** Seconds a client stays with its real server; none where none is given. */
  readonly persistentSeconds?: number | undefined;
  /** In place of the embedded one. */
  readonly guest?: PlannedGuest | undefined;
  readonly allocate: Allocator;
}

/** The guest that nodes are to start from. */
export interface PlannedGuest {
  readonly image: string;
  /** What a node needs at least, whatever the template says. */
  readonly memoryMiB: number;
  readonly traits: GuestTraits;
}

type TemplateNode = LabTemplate['nodes'][number];

/**
 * Decides everything about a lab before anything is made. Pure but for the allocator.
 * @throws LabError `bad-input` for a mode, option or real server that the template has not, or a name, scheduler or
 *   weight that is none in form.
 */
export function planLab(request: PlanRequest): LabPlan {
  const { template, mode: modeName, name, id, scheduler, options = {}, weights = {}, allocate } = request;
  const { image, traits, memoryMiB } = request.guest ?? { ...embeddedGuest, memoryMiB: 0 };
  const mode = modeOf(template, modeName);
  if (!hostNameSchema.safeParse(name).success) {
    throw new LabError('bad-input', `'${name}' cannot be the name of a lab.`, {
      remedy: 'Use small letters, digits and dashes, at most 32, with no dash at either end.',
    });
  }
  checkOptions(template, options);
  checkWeights(template, weights);
  const around = { template, weights, mode, lab: { name, id }, allocate, leastMemoryMiB: memoryMiB };
  return {
    name,
    id,
    template: template.name,
    mode: modeName,
    options: { ...options },
    guest: { image, traits },
    service: serviceOf(template, scheduler, request.persistentSeconds),
    segments: template.segments.map(({ name, subnet }) => ({ name, subnet })),
    nodes: template.nodes.map((node) => planNode(node, around)),
  };
}

/** How many ports a lab of this template takes: one for each node's SSH, two for each NIC's cable. */
export function portsNeeded({ nodes }: Pick<LabTemplate, 'nodes'>): number {
  return nodes.reduce((sum, { nics }) => sum + 1 + 2 * nics.length, 0);
}

/** @throws LabError `bad-input` naming the modes there are. */
export function modeOf(template: LabTemplate, name: string): Mode {
  const names = Object.keys(template.modes);
  const mode = names.includes(name) ? template.modes[name] : undefined;
  if (mode) return mode;
  throw new LabError(
    'bad-input',
    `The lab template '${template.name}' has no mode '${name}'.${didYouMean(name, names)}`,
    {
      remedy: `Modes of this template: ${names.join(', ')}.`,
    },
  );
}

/** What `lvslab service` sets later. */
const plain = { persistentSeconds: null, netmask: null, schedulerFlags: [], timeouts: null };

function serviceOf(
  { virtualService }: LabTemplate,
  scheduler = virtualService.scheduler,
  persistentSeconds: number | null = null,
): VirtualService {
  if (!timeoutSchema.nullable().safeParse(persistentSeconds).success) {
    throw new LabError('bad-input', `${persistentSeconds} is no persistence.`, {
      remedy: 'Use a whole number of seconds from 1 to 2678400, which is 31 days; ipvsadm takes no more.',
    });
  }
  if (schedulerSchema.safeParse(scheduler).success)
    return { ...virtualService, ...plain, scheduler, persistentSeconds };
  throw new LabError('bad-input', `'${scheduler}' is no scheduler.`, {
    remedy: 'Use a name as in ipvsadm(8), such as rr, wrr, lc or sh.',
  });
}

function checkWeights({ nodes }: LabTemplate, weights: Readonly<Record<string, number>>): void {
  const servers = nodes.filter(({ role }) => role === 'real-server').map(({ name }) => name);
  for (const [name, weight] of Object.entries(weights)) {
    if (!servers.includes(name)) {
      throw new LabError('bad-input', `There is no real server '${name}'.${didYouMean(name, servers)}`, {
        remedy: `Real servers of this lab: ${servers.join(', ')}.`,
      });
    }
    if (!weightSchema.safeParse(weight).success) {
      throw new LabError('bad-input', `${weight} is no weight.`, {
        remedy: 'Use a whole number from 0 to 65535; 0 sends a real server no new connections.',
      });
    }
  }
}

interface Surroundings {
  readonly template: LabTemplate;
  readonly weights: Readonly<Record<string, number>>;
  readonly mode: Mode;
  readonly lab: { readonly name: string; readonly id: string };
  readonly allocate: Allocator;
  readonly leastMemoryMiB: number;
}

function planNode(node: TemplateNode, around: Surroundings): NodePlan {
  const { name, role, memoryMiB, nics } = node;
  const { lab, allocate, weights, leastMemoryMiB } = around;
  return {
    name,
    role,
    uuid: allocate.uuid(),
    domain: `lvslab-${lab.name}-${name}-${lab.id.slice(0, 8)}`,
    memoryMiB: Math.max(memoryMiB, leastMemoryMiB),
    weight: weights[name] ?? node.weight ?? 1,
    thresholds: { upper: 0, lower: 0 },
    sshPort: allocate.port(),
    nics: nics.map((nic) => planNic(name, nic, around)),
  };
}

function planNic(node: string, nic: string, { template, mode, lab, allocate }: Surroundings): NicPlan {
  return {
    name: nic,
    mac: macAddress(lab.id, node, nic),
    switchPort: allocate.port(),
    guestPort: allocate.port(),
    ...placeOf(template, mode, node, nic),
  };
}

/** Where a NIC is in a mode, its address there, and the gateway it leads to. */
export function placeOf(
  template: LabTemplate,
  mode: Mode,
  node: string,
  nic: string,
): Pick<NicPlan, 'segment' | 'address' | 'gateway'> {
  const cable = mode.cabling[node]?.[nic];
  const subnet = template.segments.find(({ name }) => name === cable?.segment)?.subnet;
  const network = subnet === undefined ? undefined : parseSubnet(subnet);
  return {
    segment: cable?.segment ?? null,
    address: cable?.address !== undefined && network ? `${cable.address}/${network.prefix}` : null,
    gateway: cable?.gateway ?? null,
  };
}
