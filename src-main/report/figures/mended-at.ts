import { mendResultSchema } from '../../contract/mend.ts';
import { modeSwitchSchema } from '../../contract/mode-switch.ts';

/** Something that was done to the lab, as far as it tells what it broke, or put right. */
export interface Act {
  readonly entry: number;
  readonly at: string;
  readonly verb: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** As the verb answered it; undefined where that was not kept. */
  readonly result: unknown;
  readonly failed: boolean;
}

/** What is wrong with a cable, by `node:nic`, or with a machine, by its name. */
type Broken = `${'impaired' | 'unplugged' | 'off' | 'serves-not'} ${string}`;

/**
 * When what an act broke on purpose was put right again.
 * @param acts All that was done to the lab, in any order.
 * @returns ISO 8601; null where it never was, and undefined for an act that broke nothing.
 */
export function mendedAt(act: Act, acts: readonly Act[]): string | null | undefined {
  const broken = act.failed ? undefined : brokenBy(act);
  if (broken === undefined) return undefined;
  const [first] = acts
    .filter((other) => other.entry > act.entry && !other.failed && mendedBy(other, broken))
    .sort((a, b) => a.entry - b.entry);
  return first?.at ?? null;
}

function brokenBy({ verb, request }: Act): Broken | undefined {
  switch (verb) {
    case 'impair':
      return request['impairment'] === null ? undefined : `impaired ${cableOf(request)}`;
    case 'moveCable':
      return request['segment'] === null ? `unplugged ${cableOf(request)}` : undefined;
    case 'stopNode':
      return `off ${nodeOf(request)}`;
    case 'nodeService':
      return request['does'] === 'stop' ? `serves-not ${nodeOf(request)}` : undefined;
    default:
      return undefined;
  }
}

/** A reset ends all that was there, though it leaves a machine stopped that was. */
function mendedBy(act: Act, broken: Broken): boolean {
  return act.verb === 'reset' || (menders[act.verb]?.(act) ?? []).includes(broken);
}

/** By verb, what it puts right. */
const menders: Readonly<Record<string, (act: Act) => readonly Broken[]>> = {
  // Whatever is wrong with the cable from then on is another fault.
  impair: ({ request }) => [`impaired ${cableOf(request)}`],
  moveCable: ({ request }) => [`unplugged ${cableOf(request)}`],
  startNode: booted,
  restartNode: booted,
  nodeService: ({ request }) => (request['does'] === 'start' ? [`serves-not ${nodeOf(request)}`] : []),
  healthDrill: ({ result }) => [`serves-not ${nodeOf(result, 'server')}`],
  switch: ({ result }) => {
    const moves = modeSwitchSchema.shape.moves.safeParse(fieldOf(result, 'moves')).data ?? [];
    return moves.flatMap(({ node, nic, to }): Broken[] => (to === null ? [] : [`unplugged ${node}:${nic}`]));
  },
  mend: ({ result }) => {
    const { data } = mendResultSchema.safeParse(result);
    if (!data) return [];
    return [
      ...data.cables.flatMap((cable): Broken[] => [`impaired ${cable}`, `unplugged ${cable}`]),
      ...(data.started ? running(data.node) : []),
      // Its recipe has it serve: what did not hold of that was applied again.
      ...(data.what === 'steps' && data.ran.length > 0 ? [`serves-not ${data.node}` as const] : []),
    ];
  },
};

function booted({ request }: Act): readonly Broken[] {
  return running(nodeOf(request));
}

function running(node: string): readonly Broken[] {
  return [`off ${node}`, `serves-not ${node}`];
}

function nodeOf(value: unknown, field = 'node'): string {
  const node = fieldOf(value, field);
  return typeof node === 'string' ? node : '';
}

/** Without a NIC's name it is the machine's first: the lab takes it so too. */
function cableOf(request: Act['request']): string {
  const nic = request['nic'];
  return `${nodeOf(request)}:${typeof nic === 'string' ? nic : 'eth0'}`;
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined;
}
