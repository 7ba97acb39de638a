import type { NodeState } from '../contract/nodes.ts';

/** Every system has the rules of `local`, `main` and `default`. */
const usualRules = 3;

/**
 * Reads what `nodeStateScript` printed. A part that is missing, because its tool is, is empty.
 * @param wanted What the lab's mode asks for, by the setting's name; one that the node has not has no value.
 */
export function parseNodeState(
  output: string,
  wanted: ReadonlyMap<string, string>,
): Omit<NodeState, 'node' | 'at'> {
  const parts = readParts(output);
  const part = (name: string): string => parts.get(name) ?? '';
  const values = new Map(readPairs(part('sysctls')));
  const names = new Set([...values.keys(), ...wanted.keys()]);
  return {
    addresses: part('addresses'),
    routes: routesWithRules(part('routes'), part('rules')),
    neighbours: part('neighbours'),
    sysctls: [...names].map((name) => ({
      name,
      value: values.get(name) ?? '',
      wanted: wanted.get(name) ?? null,
    })),
    services: readPairs(part('services')).map(([name, state]) => ({ name, state })),
    listening: part('listening'),
    ipvs: parts.get('ipvs') ?? null,
    log: part('log'),
  };
}

function readParts(output: string): Map<string, string> {
  const [, ...parts] = `\n${output}`.split(/\n@@(?=\w+(?:\n|$))/);
  return new Map(
    parts.map((part) => {
      const [name = '', ...lines] = part.split('\n');
      return [name, lines.join('\n').trimEnd()];
    }),
  );
}

function routesWithRules(routes: string, rules: string): string {
  if (rules.split('\n').length <= usualRules) return routes;
  return `${routes}\n\nip rule\n${rules}`;
}

/** Lines `NAME=VALUE`. */
function readPairs(lines: string): [string, string][] {
  return lines.split('\n').flatMap((line): [string, string][] => {
    const [name = '', ...value] = line.split('=');
    return value.length > 0 ? [[name, value.join('=')]] : [];
  });
}
