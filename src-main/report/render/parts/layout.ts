import type { Element } from 'hast';
import type { Layout } from '../../model/report.ts';
import { topologyPicture } from '../../pictures/topology-picture.ts';
import { vipPlaces } from '../../pictures/vip-places.ts';
import { code, facts, figure, joined, table, type Content } from '../elements.ts';
import { modeName, named, type PageContext } from '../page-context.ts';

/** The lab in one mode: its picture. */
export function layoutFigure(layout: Layout, { report, words }: PageContext): Element | null {
  return figure(
    topologyPicture(layout, words, vipPlaces(report.setUps, layout)),
    words.acts.layout.caption(modeName(layout.mode), layout.service.vip),
  );
}

/** What the director serves, and on which segments. */
export function serviceFacts(layout: Layout, options: Record<string, string>, page: PageContext): Element {
  const { comma, none, acts } = page.words;
  const { service, segments } = layout;
  const { persistentSeconds, timeouts, schedulerFlags } = service;
  const chosen = Object.entries(options).map(([name, value]) => code(`${name}=${value}`));
  return facts([
    [acts.layout.service, code(`${service.protocol} ${service.vip}:${service.port}`)],
    [acts.layout.scheduler, code([service.scheduler, ...schedulerFlags].join(' '))],
    [
      acts.layout.persistence,
      persistentSeconds === null ? none : acts.layout.persistent(String(persistentSeconds)),
    ],
    [acts.layout.timeouts, timeouts && `${timeouts.tcp} s, ${timeouts.tcpFin} s, ${timeouts.udp} s`],
    [
      acts.layout.segments,
      joined(
        segments.map(({ name, subnet }) => [named(name), ' ', code(subnet)]),
        comma,
      ),
    ],
    [acts.layout.options, joined(chosen, comma)],
  ]);
}

/** Every NIC with its cable and address. */
export function cablingTable(layout: Layout, { words }: PageContext): Element {
  const { layout: own } = words.acts;
  const columns = [own.node, own.role, own.weight, own.nic, own.segment, own.address, own.gateway, own.mac];
  return table(
    columns.map((title) => ({ title, figures: title === own.weight })),
    layout.nodes.flatMap((node) =>
      node.nics.map((nic, index): Content[] => [
        named(node.name),
        index > 0 ? null : words.roles[node.role],
        index > 0 || node.role !== 'real-server' ? null : String(node.weight),
        code(nic.name),
        nic.segment === null ? words.unplugged : named(nic.segment),
        nic.address && code(nic.address),
        nic.gateway && code(nic.gateway),
        code(nic.mac),
      ]),
    ),
    { label: own.cabling(modeName(layout.mode)) },
  );
}
