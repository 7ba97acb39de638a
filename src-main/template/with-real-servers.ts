import { LabError } from '../contract/lab-error.ts';
import { cloneCables, cloneName } from './clone-real-server.ts';
import type { LabTemplate } from './lab-template.ts';

/** How many real servers a template can have. */
export function realServerLimits(template: Pick<LabTemplate, 'nodes' | 'realServers'>): {
  min: number;
  max: number;
} {
  const count = template.nodes.filter(({ role }) => role === 'real-server').length;
  return template.realServers ?? { min: count, max: count };
}

/**
 * A template with so many real servers: the last one it has is cloned with the next number and the next addresses in
 * every mode, or the last ones are left out. Pure.
 * @param template As `loadTemplate` returned it, which saw that all that may be added find free addresses.
 * @throws LabError `bad-input` for a number the template does not allow.
 */
export function withRealServers(template: LabTemplate, count: number): LabTemplate {
  const { min, max } = realServerLimits(template);
  if (!Number.isInteger(count) || count < min || count > max) {
    const allowed = min === max ? String(min) : `${min} to ${max}`;
    throw new LabError(
      'bad-input',
      `The lab template '${template.name}' has ${allowed} real servers, not ${count}.`,
      {
        remedy: `Ask for ${allowed}, or allow more by 'realServers' in the template.`,
      },
    );
  }
  const names = template.nodes.filter(({ role }) => role === 'real-server').map(({ name }) => name);
  const last = names.at(-1) ?? '';
  const left = new Set(names.slice(count));
  const clones = Array.from({ length: Math.max(0, count - names.length) }, (_, index) => ({
    name: cloneName(last, index + 1) ?? '',
    offset: index + 1,
  }));
  const nodes = template.nodes.flatMap((node) => [
    ...(left.has(node.name) ? [] : [node]),
    ...(node.name === last ? clones.map(({ name }) => ({ ...node, name })) : []),
  ]);
  const modes = Object.entries(template.modes).map(([key, mode]) => {
    const kept = Object.entries(mode.cabling).filter(([node]) => !left.has(node));
    const added = clones.map(
      ({ name, offset }) => [name, cloneCables(mode.cabling[last] ?? {}, offset)] as const,
    );
    return [key, { ...mode, cabling: Object.fromEntries([...kept, ...added]) }] as const;
  });
  return { ...template, nodes, modes: Object.fromEntries(modes) };
}
