import { LabError } from '../contract/lab-error.ts';
import { isHostAddress, parseIpv4, parseSubnet } from '../template/ipv4.ts';
import type { LocalizedText } from '../template/localized-text.ts';
import { fillIn, placeholders, type PlaceholderName } from '../template/placeholders.ts';
import type { Recipe, RecipeStep } from '../template/recipe-schema.ts';
import { quote } from '../template/value-types.ts';
import type { LabPlan, NicPlan, NodePlan, SegmentPlan } from './lab-plan.ts';

/** One step of a recipe on one node, with every value but `{before.NAME}` in its place: plain JSON. */
export interface PlannedStep {
  readonly node: string;
  /** Unique on its node: the step's id, and what it is repeated for: `real-server-entry:rs1`. */
  readonly id: string;
  /** The step's id in its recipe. */
  readonly step: string;
  /** Steps of the recipe that must be over on every node before this one begins. */
  readonly after: readonly string[];
  readonly title: LocalizedText;
  readonly why: LocalizedText;
  readonly before: Readonly<Record<string, string>>;
  readonly verify: string;
  readonly commands: readonly string[];
  /** The same in the older tools, to be shown; empty where they are the same. */
  readonly classic: readonly string[];
  /** May hold `{before.NAME}`, to be filled in with what the guest said. */
  readonly undo: readonly string[];
}

type Values = Partial<Record<PlaceholderName, string | number>>;
/** One carrying out of a step on a node. */
interface Turn {
  readonly suffix: string;
  readonly values: Values;
}

/**
 * What each node does to apply a recipe: nodes in the plan's order, each with its steps in the recipe's. Pure.
 * @throws LabError `bad-input` when a step needs a value that this lab has not, such as the address of a NIC.
 */
export function planRecipe(recipe: Recipe, plan: LabPlan): PlannedStep[] {
  const shared = sharedValues(plan);
  return plan.nodes.flatMap((node) =>
    recipe.steps
      .filter(({ on }) => on.includes(node.role))
      .flatMap((step) =>
        turnsOf(step, node, plan).map(({ suffix, values }) =>
          planStep(step, node, { suffix, values: { ...shared, ...values } }),
        ),
      ),
  );
}

function planStep(step: RecipeStep, node: NodePlan, { suffix, values }: Turn): PlannedStep {
  const valueOf = (name: string) => checkedValue(name, values, { node: node.name, step: step.id });
  const command = (text: string) =>
    fillIn(text, (name) => (name.startsWith('before.') ? undefined : quote(valueOf(name))));
  const words = ({ en, ...others }: LocalizedText): LocalizedText => ({
    en: fillIn(en, (name) => String(valueOf(name))),
    ...Object.fromEntries(
      Object.entries(others).map(([key, text]) => [
        key,
        text && fillIn(text, (name) => String(valueOf(name))),
      ]),
    ),
  });
  return {
    node: node.name,
    id: `${step.id}${suffix}`,
    step: step.id,
    after: step.after ?? [],
    title: words(step.title),
    why: words(step.why),
    before: Object.fromEntries(
      Object.entries(step.before ?? {}).map(([name, text]) => [name, command(text)]),
    ),
    verify: command(step.verify),
    commands: step.commands.map(command),
    classic: (step.classic ?? []).map(command),
    undo: step.undo.map(command),
  };
}

/** Values reach commands through their types alone. */
function checkedValue(name: string, values: Values, place: { node: string; step: string }): string | number {
  const known = name as PlaceholderName;
  const parsed = placeholders[known].type.safeParse(values[known]);
  if (parsed.success) return parsed.data;
  throw new LabError('bad-input', `Step '${place.step}' has no value for {${name}} on ${place.node}.`, {
    ...place,
    why: `In this mode the lab gives {${name}} as ${JSON.stringify(values[known] ?? null)}.`,
    remedy: "Mend the template's cabling or the recipe; docs/templates.md tells where each name is known.",
  });
}

function sharedValues({ service, nodes, segments }: LabPlan): Values {
  const director = nodes.find(({ role }) => role === 'director');
  const vipNic = director && nicTowards(service.vip, director, segments);
  return {
    vip: service.vip,
    port: service.port,
    scheduler: service.scheduler,
    serviceOption: service.protocol === 'tcp' ? '-t' : '-u',
    ...(vipNic && { directorMac: vipNic.mac }),
  };
}

function turnsOf({ forEach }: RecipeStep, node: NodePlan, plan: LabPlan): Turn[] {
  const addressed = node.nics.filter(({ address }) => address !== null);
  if (forEach === 'nics') {
    return addressed.map((nic) => ({ suffix: `:${nic.name}`, values: nodeValues(node, nic) }));
  }
  const main = nicTowards(plan.service.vip, node, plan.segments) ?? addressed[0];
  const values = nodeValues(node, main);
  if (forEach === undefined) return [{ suffix: '', values }];
  return plan.nodes
    .filter(({ role }) => role === 'real-server')
    .map((server) => {
      const rip = ipOf(server.nics.find(({ address }) => address !== null));
      const own: Values = {
        realServer: server.name,
        weight: server.weight,
        ...(rip !== undefined && { rip }),
      };
      return { suffix: `:${server.name}`, values: { ...values, ...own } };
    });
}

function nodeValues({ name }: NodePlan, nic: NicPlan | undefined): Values {
  const ip = ipOf(nic);
  return {
    node: name,
    ...(nic && { nic: nic.name }),
    ...(ip !== undefined && { ip }),
    ...(nic?.address && { address: nic.address }),
  };
}

function ipOf(nic: NicPlan | undefined): string | undefined {
  return nic?.address?.split('/')[0];
}

/** The NIC of a node that is on the VIP's own segment, with an address there. */
function nicTowards(vip: string, node: NodePlan, segments: readonly SegmentPlan[]): NicPlan | undefined {
  const bits = parseIpv4(vip);
  return node.nics.find(({ segment, address }) => {
    const subnet = segments.find(({ name }) => name === segment)?.subnet;
    const network = subnet === undefined ? undefined : parseSubnet(subnet);
    return address !== null && bits !== undefined && network !== undefined && isHostAddress(bits, network);
  });
}
