import { describe, expect, it } from 'vitest';
import type { NodeView } from '../../../src-main/contract/lab-view.ts';
import { layOut } from '../../../src-renderer/features/topology/layout.ts';
import type { Layout } from '../../../src-renderer/features/topology/placed.ts';

type Cabling = readonly (string | null)[];

function node(name: string, role: NodeView['role'], segments: Cabling): NodeView {
  const nics = segments.map((segment, index) => ({
    ...{ name: `eth${index}`, mac: `02:00:00:00:00:0${index}`, segment },
    ...{ address: segment && '10.0.0.1/24', gateway: null },
  }));
  const condition = { state: 'running', reason: null, known: true } as const;
  const thresholds = { upper: 0, lower: 0 };
  return { name, role, memoryMiB: 128, weight: 1, thresholds, running: true, condition, nics };
}

const servers = (count: number, segment: string | null) =>
  Array.from({ length: count }, (_, index) => node(`rs${index + 1}`, 'real-server', [segment]));
const segments = ['outside', 'lan', 'backend'].map((name) => ({ name, subnet: '10.10.0.0/24' }));

const labs = {
  dr: [node('director', 'director', ['lan', null]), ...servers(2, 'lan'), node('client', 'client', ['lan'])],
  nat: [
    node('director', 'director', ['lan', 'backend']),
    ...servers(8, 'backend'),
    node('client', 'client', ['lan']),
  ],
  routed: [
    node('director', 'director', ['lan', null]),
    ...servers(2, 'backend'),
    node('router', 'router', ['outside', 'lan', 'backend']),
    node('client', 'client', ['outside']),
  ],
};

function draw(lab: readonly NodeView[], size = { width: 720, height: 640 }): Layout {
  return layOut({ nodes: [...lab], segments }, size, new Map([['director', 1]]));
}
const placed = (layout: Layout, name: string) => layout.nodes.find((each) => each.name === name)!;
const bus = (layout: Layout, name: string) => layout.segments.find((each) => each.name === name)!;
const cable = (layout: Layout, key: string) => layout.cables.find((each) => each.key === key)!;

describe.each(Object.entries(labs))('%s', (_, lab) => {
  it.each([
    { width: 720, height: 640 },
    { width: 1150, height: 420 },
  ])('keeps everything apart and inside, on %o', (size) => {
    const { width, height, nodes } = draw(lab, size);
    expect(nodes).toHaveLength(lab.length);
    for (const [index, a] of nodes.entries()) {
      expect([a.x, a.y, width - a.x - a.width, height - a.y - a.height].every((space) => space >= 0)).toBe(
        true,
      );
      for (const b of nodes.slice(index + 1)) {
        const apart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart, `${a.name} and ${b.name}`).toBe(true);
      }
    }
  });

  it('leads every cable from the edge of its card to its bus', () => {
    const layout = draw(lab);
    for (const { node: name, segment, points } of layout.cables) {
      const { x, y, width, height } = placed(layout, name);
      const [start, , , end] = points;
      expect(start.x >= x && start.x <= x + width).toBe(true);
      expect([y, y + height].includes(start.y) || [x, x + width].includes(start.x)).toBe(true);
      if (segment === null) continue;
      const { x1, x2, y: at } = bus(layout, segment);
      expect(end.y).toBe(at);
      expect(end.x >= x1 && end.x <= x2, `${name} within ${segment}`).toBe(true);
    }
  });
});

describe('where things are', () => {
  it('puts client and director above the one bus of direct routing, real servers below', () => {
    const layout = draw(labs.dr);
    const { y } = bus(layout, 'lan');
    expect(layout.segments.map(({ name }) => name)).toEqual(['lan']);
    expect(placed(layout, 'client').y).toBeLessThan(y);
    expect(placed(layout, 'director').y).toBeLessThan(y);
    expect(placed(layout, 'rs1').y).toBeGreaterThan(y);
  });

  it('puts the director of NAT between its two buses', () => {
    const layout = draw(labs.nat);
    expect(placed(layout, 'director').y).toBeGreaterThan(bus(layout, 'lan').y);
    expect(placed(layout, 'director').y).toBeLessThan(bus(layout, 'backend').y);
    expect(placed(layout, 'client').y).toBeLessThan(bus(layout, 'lan').y);
  });

  it('ends a bus short of the cable that passes it', () => {
    const layout = draw(labs.routed);
    const [, passing] = cable(layout, 'router:eth2').points;
    const { x1, x2 } = bus(layout, 'lan');
    expect(passing.x < x1 || passing.x > x2).toBe(true);
  });

  it('draws a cable that is out as a stub beside those that are in', () => {
    const layout = draw(labs.dr);
    const stub = cable(layout, 'director:eth1').points;
    const { y } = bus(layout, 'lan');
    expect(stub[3].y).toBeLessThan(y);
    expect(stub[0].x).toBeGreaterThan(cable(layout, 'director:eth0').points[0].x);
  });

  it('puts a real server whose cable is out below all buses', () => {
    const layout = draw([
      ...labs.nat.slice(0, 2),
      ...servers(1, null).map((one) => ({ ...one, name: 'rs9' })),
    ]);
    expect(placed(layout, 'rs9').y).toBeGreaterThan(bus(layout, 'backend').y);
  });

  it('grows higher than the field rather than cram', () => {
    expect(draw(labs.routed, { width: 720, height: 200 }).height).toBeGreaterThan(400);
  });

  it.each([
    ['routed', 720],
    ['dr', 720],
    ['dr', 440],
    ['nat', 440],
  ] as const)(
    'puts the names of the buses of %s, %i wide, where no cable runs through them',
    (lab, width) => {
      const layout = draw(labs[lab], { width, height: 640 });
      const letters = 60;
      for (const { name, nameX, y } of layout.segments) {
        const through = layout.cables.filter(
          ({ points: [, { x, y: from }, { y: to }] }) =>
            Math.min(from, to) < y - 4 && Math.max(from, to) > y - 24 && x > nameX && x < nameX + letters,
        );
        expect(through.map(({ key }) => `${key} through ${name}`)).toEqual([]);
      }
    },
  );
});
