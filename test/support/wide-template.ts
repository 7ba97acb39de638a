import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { templatesFolder } from '../../src-main/template/templates-folder.ts';

interface Template {
  nodes: { name: string; role: string; weight?: number; nics: string[] }[];
  modes: Record<string, { cabling: Record<string, Record<string, { segment: string; address: string }>> }>;
}

/** Writes `three-modes` with so many real servers and only its mode `dr`, and the recipes, into a folder for LVSLAB_TEMPLATES. */
export function writeWideTemplate(folder: string, realServers: number): void {
  const from = templatesFolder();
  cpSync(path.join(from, 'recipes'), path.join(folder, 'recipes'), { recursive: true });
  const template = parse(readFileSync(path.join(from, 'three-modes', 'template.yaml'), 'utf8')) as Template;
  const names = Array.from({ length: realServers }, (_, index) => `rs${index + 1}`);
  const [director, client] = [template.nodes[0]!, template.nodes.at(-1)!];
  const servers = names.map((name) => ({ name, role: 'real-server', weight: 1, nics: ['eth0'] }));
  const dr = template.modes['dr']!;
  const { cabling } = dr;
  for (const [index, name] of names.entries()) {
    cabling[name] = { eth0: { segment: 'lan', address: `10.10.0.${11 + index}` } };
  }
  mkdirSync(path.join(folder, 'three-modes'), { recursive: true });
  const nodes = [director, ...servers, client];
  const text = stringify({ ...template, nodes, modes: { dr }, realServers: undefined });
  writeFileSync(path.join(folder, 'three-modes', 'template.yaml'), text);
}
