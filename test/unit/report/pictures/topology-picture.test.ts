import { describe, expect, it } from 'vitest';
import { draftPlan } from '../../../../src-main/plan/draft-plan.ts';
import type { Layout } from '../../../../src-main/report/model/report.ts';
import { topologyPicture } from '../../../../src-main/report/pictures/topology-picture.ts';
import { textWidth } from '../../../../src-main/report/pictures/text-width.ts';
import { wordsFor } from '../../../../src-main/report/words/words.ts';
import { loadTemplate } from '../../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../../src-main/template/templates-folder.ts';
import { elementsOf, faultsOf, numberOf, ofClass, outside, wordsOf } from './drawn.ts';

const words = wordsFor('en');

async function layoutOf(template: string, mode: string): Promise<Layout> {
  const plan = draftPlan(await loadTemplate(templatesFolder(), template), { mode });
  const { service, segments, nodes } = plan;
  return { mode, service, segments, nodes };
}

/** With so many real servers, all like the second one. */
function withServers(layout: Layout, count: number, nameOf = (n: number) => `rs${n}`): Layout {
  const servers = layout.nodes.filter(({ role }) => role === 'real-server');
  const more = Array.from({ length: count }, (_, at) => ({
    ...servers[Math.min(at, 1)]!,
    name: nameOf(at + 1),
  }));
  return { ...layout, nodes: [...layout.nodes.filter(({ role }) => role !== 'real-server'), ...more] };
}

const width = (text: string, kind: string) =>
  kind.includes('mono') ? textWidth(text, 10.5, 'mono') : kind === 'name' ? textWidth(text, 13.5, 'bold') : 0;

const templates = ['three-modes', 'routed'];
const modes = ['nat', 'dr', 'tun'];
const all = templates.flatMap((template) => modes.map((mode) => [template, mode] as const));

describe('topologyPicture', () => {
  it.each(all)('tells every name, address, MAC and gateway of %s in %s', async (template, mode) => {
    const layout = await layoutOf(template, mode);
    const told = wordsOf(topologyPicture(layout, words));
    const facts = layout.nodes.flatMap(({ name, nics }) => [
      name,
      ...nics.flatMap(({ mac, address, gateway }) => [mac, address ?? words.unplugged, gateway ?? mac]),
    ]);
    expect(facts.filter((fact) => !told.includes(fact))).toEqual([]);
    expect(told).toContain(`VIP ${layout.service.vip}:${layout.service.port}`);
  });

  it.each(all)('plugs each cable of %s in %s into the bus of its segment', async (template, mode) => {
    const layout = await layoutOf(template, mode);
    const drawing = topologyPicture(layout, words);
    const buses = ofClass(drawing, 'segment').map((segment) => {
      const rail = ofClass(segment, 'rail')[0];
      return { name: wordsOf(segment)[0] ?? '', y: numberOf(rail, 'y') + 3.5, rail };
    });
    const plugged = layout.nodes.flatMap(({ nics }) => nics.flatMap(({ segment }) => segment ?? []));
    const ports = ofClass(drawing, 'port').map((port) => {
      const bus = buses.find(({ y }) => y === numberOf(port, 'cy'));
      const [x, from] = [numberOf(port, 'cx'), numberOf(bus?.rail, 'x')];
      expect(x).toBeGreaterThanOrEqual(from);
      expect(x).toBeLessThanOrEqual(from + numberOf(bus?.rail, 'width'));
      return bus?.name;
    });
    expect(ports.toSorted()).toEqual(plugged.toSorted());
    const unplugged = layout.nodes.flatMap(({ nics }) => nics.filter(({ segment }) => segment === null));
    expect(ofClass(drawing, 'end')).toHaveLength(unplugged.length);
  });

  it.each([...all].flatMap(([template, mode]) => [2, 5, 8].map((count) => [template, mode, count] as const)))(
    'keeps %s in %s with %i servers and long names within its borders, and no card over another',
    async (template, mode, count) => {
      const long = (n: number) => `a-real-server-with-a-long-name-${n}`;
      const drawing = topologyPicture(withServers(await layoutOf(template, mode), count, long), words);
      expect(outside(drawing, width)).toEqual([]);
      const cards = ofClass(drawing, 'card').map((card) =>
        ['x', 'y', 'width', 'height'].map((name) => numberOf(card, name)),
      );
      const over = cards.flatMap(([x = 0, y = 0, w = 0, h = 0], at) =>
        cards
          .slice(at + 1)
          .filter(
            ([x2 = 0, y2 = 0, w2 = 0, h2 = 0]) => x < x2 + w2 && x2 < x + w && y < y2 + h2 && y2 < y + h,
          ),
      );
      expect(over).toEqual([]);
      expect(faultsOf(drawing)).toEqual([]);
    },
  );

  it('lets no cable run through a card', async () => {
    const drawing = topologyPicture(withServers(await layoutOf('routed', 'tun'), 8), words);
    const cards = ofClass(drawing, 'card');
    const points = ofClass(drawing, 'cable').flatMap((cable) => {
      const d = String(elementsOf(cable).find(({ tagName }) => tagName === 'path')?.properties.d);
      const path = [...d.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
      return path.slice(1).map((to, at) => [(to[0] + path[at]![0]) / 2, (to[1] + path[at]![1]) / 2] as const);
    });
    const inside = points.filter(([x, y]) =>
      cards.some((card) => {
        const [left, top] = [numberOf(card, 'x'), numberOf(card, 'y')];
        return (
          x > left && x < left + numberOf(card, 'width') && y > top && y < top + numberOf(card, 'height')
        );
      }),
    );
    expect(inside).toEqual([]);
  });

  it('says which real servers have the VIP, and on what', async () => {
    const layout = await layoutOf('three-modes', 'dr');
    const told = wordsOf(topologyPicture(layout, words, ['director eth0', 'rs1 lo']));
    expect(told.filter((text) => text.startsWith('VIP'))).toEqual(['VIP 10.10.0.100:80', 'VIP lo']);
  });

  it('takes markup in names for letters', async () => {
    const layout = withServers(await layoutOf('three-modes', 'dr'), 2, (n) => `<b>${n}</b>`);
    expect(wordsOf(topologyPicture(layout, words))).toContain('<b>1</b>');
    expect(faultsOf(topologyPicture(layout, words))).toEqual([]);
  });
});
