import { cables, mayBeHost } from './cables.ts';
import { cloneCables, cloneName } from './clone-real-server.ts';
import type { TemplateFile } from './template-schema.ts';
import type { Problem } from './yaml-source.ts';

/** As many real servers as a template allows must find names and addresses that are free. */
export function checkRealServers(template: TemplateFile): Problem[] {
  const { realServers: limits, nodes } = template;
  if (!limits) return [];
  const servers = nodes.filter(({ role }) => role === 'real-server');
  const last = servers.at(-1);
  if (!last) return []; // That is told elsewhere.
  if (servers.length < limits.min || servers.length > limits.max) {
    const words = `there are ${servers.length} real servers, which is not from ${limits.min} to ${limits.max}`;
    return [{ path: ['realServers'], at: 'key', words }];
  }
  const offsets = Array.from({ length: limits.max - servers.length }, (_, index) => index + 1);
  const problem = offsets.map((offset) => cloneProblem(template, last.name, offset)).find(Boolean);
  return problem === undefined ? [] : [{ path: ['realServers', 'max'], words: problem }];
}

/** Why the real server cannot be cloned so far. */
function cloneProblem(template: TemplateFile, last: string, offset: number): string | undefined {
  const { nodes, modes, segments, virtualService } = template;
  const name = cloneName(last, offset);
  if (name === undefined) return `'${last}', which is cloned, has no number at the end of its name`;
  if (nodes.some((node) => node.name === name)) return `'${name}', the next real server's name, is taken`;
  for (const [mode, { cabling }] of Object.entries(modes)) {
    for (const { segment, address } of Object.values(cloneCables(cabling[last] ?? {}, offset))) {
      if (address === undefined) continue;
      const subnet = segments.find((each) => each.name === segment)?.subnet ?? '';
      if (!mayBeHost(address, subnet))
        return `${address}, for '${name}' in mode '${mode}', is outside ${subnet}`;
      const others = cables(template).filter((cable) => cable.mode === mode);
      if (address === virtualService.vip || others.some((cable) => cable.address === address)) {
        return `${address}, for '${name}' in mode '${mode}', is taken`;
      }
    }
  }
  return undefined;
}
