import { cables, mayBeHost, nodeEntries } from './cables.ts';
import { checkGateways } from './check-gateways.ts';
import { checkRealServers } from './check-real-servers.ts';
import { overlaps, parseIpv4, parseSubnet } from './ipv4.ts';
import { thereIsNo } from './near-miss.ts';
import type { TemplateFile } from './template-schema.ts';
import type { Problem } from './yaml-source.ts';

type Path = readonly PropertyKey[];
type Part = keyof TemplateFile;

/** A check that reads these parts of a template. It may meet values of the wrong form: it passes over them. */
export interface TemplateCheck {
  readonly reads: readonly Part[];
  readonly find: (template: TemplateFile) => Problem[];
}

/** What a template must hold to, beyond the shape of its single values. */
export const templateChecks: readonly TemplateCheck[] = [
  { reads: ['segments'], find: checkSegments },
  { reads: ['nodes'], find: checkNodes },
  { reads: ['modes'], find: checkThereIsAMode },
  { reads: ['segments', 'nodes', 'modes'], find: checkCables },
  { reads: ['nodes', 'modes'], find: checkGateways },
  { reads: ['modes', 'virtualService'], find: checkAddresses },
  { reads: ['nodes', 'modes'], find: checkEveryRoleHasAnAddress },
  { reads: ['segments', 'nodes', 'modes', 'virtualService'], find: checkVip },
  { reads: ['segments', 'nodes', 'modes', 'virtualService', 'realServers'], find: checkRealServers },
];

function checkSegments({ segments }: TemplateFile): Problem[] {
  const twins = repeated(
    segments,
    ({ name }) => name,
    (index) => ['segments', index, 'name'],
  );
  const overlapping = segments.flatMap(({ subnet }, index) => {
    const network = parseSubnet(subnet);
    const other = segments.slice(0, index).find((earlier) => {
      const earlierNetwork = parseSubnet(earlier.subnet);
      return network && earlierNetwork && overlaps(network, earlierNetwork);
    });
    if (!other) return [];
    return [
      { path: ['segments', index, 'subnet'], words: `${subnet} overlaps the subnet of '${other.name}'` },
    ];
  });
  return [...twins, ...overlapping];
}

function checkNodes({ nodes }: TemplateFile): Problem[] {
  const problems = repeated(
    nodes,
    ({ name }) => name,
    (index) => ['nodes', index, 'name'],
  );
  const count = (wanted: string) => nodes.filter(({ role }) => role === wanted).length;
  if (count('director') !== 1) {
    problems.push({
      path: ['nodes'],
      at: 'key',
      words: `exactly one node has the role director, not ${count('director')}`,
    });
  }
  for (const role of ['real-server', 'client']) {
    if (count(role) === 0)
      problems.push({ path: ['nodes'], at: 'key', words: `no node has the role ${role}` });
  }
  nodes.forEach(({ role, weight, nics }, index) => {
    if (weight !== undefined && role !== 'real-server') {
      problems.push({ path: ['nodes', index, 'weight'], at: 'key', words: `a ${role} has no weight` });
    }
    const wrong = nics.findIndex((nic, slot) => nic !== `eth${slot}`);
    if (wrong >= 0) {
      const words = `NIC ${wrong + 1} of a node is named eth${wrong}: guests name them in their order`;
      problems.push({ path: ['nodes', index, 'nics', wrong], words });
    }
  });
  return problems;
}

function checkThereIsAMode({ modes }: TemplateFile): Problem[] {
  return Object.keys(modes).length > 0 ? [] : [{ path: ['modes'], at: 'key', words: 'modes: there is none' }];
}

/** Cables lie between what there is, and their addresses are those of hosts in the segment's subnet. */
function checkCables(template: TemplateFile): Problem[] {
  const problems: Problem[] = nodeEntries(template).flatMap(({ path, name }) => {
    const names = template.nodes.map((node) => node.name);
    return names.includes(name) ? [] : [{ path, at: 'key' as const, words: thereIsNo('node', name, names) }];
  });
  for (const { path, node, nic, segment, address } of cables(template)) {
    const nics = template.nodes.find(({ name }) => name === node)?.nics;
    if (nics && !nics.includes(nic)) {
      problems.push({ path, at: 'key', words: thereIsNo(`NIC of '${node}'`, nic, nics) });
    }
    const names = template.segments.map(({ name }) => name);
    const place = template.segments.find(({ name }) => name === segment);
    if (!place) {
      problems.push({ path: [...path, 'segment'], words: thereIsNo('segment', segment, names) });
    } else if (address !== undefined && !mayBeHost(address, place.subnet)) {
      const words = `${address} is no host's address in ${place.subnet}, the subnet of '${segment}'`;
      problems.push({ path: [...path, 'address'], words });
    }
  }
  return problems;
}

function checkAddresses(template: TemplateFile): Problem[] {
  const { vip } = template.virtualService;
  return Object.keys(template.modes).flatMap((mode) => {
    const addressed = cables(template).filter((cable) => cable.mode === mode && cable.address !== undefined);
    const addressPath = (index: number): Path => [...(addressed[index]?.path ?? []), 'address'];
    const asVip = addressed.flatMap(({ address, path, node }) =>
      address === vip
        ? [
            {
              path: [...path, 'address'],
              words: `${vip} is the VIP: the recipe adds it, '${node}' needs one of its own`,
            },
          ]
        : [],
    );
    return [...repeated(addressed, ({ address }) => address ?? '', addressPath), ...asVip];
  });
}

function checkEveryRoleHasAnAddress(template: TemplateFile): Problem[] {
  const all = cables(template);
  return Object.keys(template.modes).flatMap((mode) =>
    template.nodes
      .filter(({ role }) => role !== 'router')
      .filter(({ name }) => !all.some((c) => c.mode === mode && c.node === name && c.address !== undefined))
      .map(({ name }) => ({
        path: ['modes', mode, 'cabling'],
        at: 'key' as const,
        words: `'${name}' has no address in mode '${mode}'`,
      })),
  );
}

function checkVip(template: TemplateFile): Problem[] {
  const { vip } = template.virtualService;
  if (parseIpv4(vip) === undefined) return [];
  const director = template.nodes.find(({ role }) => role === 'director')?.name;
  return Object.keys(template.modes).flatMap((mode) => {
    const subnets = cables(template)
      .filter((cable) => cable.mode === mode && cable.node === director && cable.address !== undefined)
      .flatMap(({ segment }) => template.segments.find(({ name }) => name === segment)?.subnet ?? []);
    if (subnets.length === 0 || subnets.some((subnet) => mayBeHost(vip, subnet))) return [];
    const words = `the VIP ${vip} lies in none of the director's subnets in mode '${mode}' (${subnets.join(', ')})`;
    return [{ path: ['virtualService', 'vip'], words }];
  });
}

function repeated<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  path: (index: number) => Path,
): Problem[] {
  const names = items.map(nameOf);
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [{ path: path(index), words: `'${name}' is used twice` }] : [],
  );
}
