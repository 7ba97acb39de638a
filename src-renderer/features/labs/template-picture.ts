import type { TemplateCard, TemplateNode } from '../../../src-main/contract/templates.ts';

interface Box {
  readonly node: TemplateNode;
  readonly x: number;
  readonly y: number;
}

/** A small drawing of a template in one of its modes: segments as lines, machines above and below them. */
export interface TemplatePicture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly buses: readonly { readonly name: string; readonly y: number }[];
  readonly cables: readonly { readonly x: number; readonly from: number; readonly to: number }[];
}

export const box = { width: 66, height: 26 };
const gap = 12;
const rowHeight = 34;
/** From left to right. */
const order = ['client', 'router', 'director', 'real-server'];

/** Lays a template's mode out: each segment below the one before, its machines hang below it or stand above the first. */
export function templatePicture({ segments, modes }: TemplateCard, mode: string): TemplatePicture {
  const nodes = modes.find(({ name }) => name === mode)?.nodes ?? [];
  const used = segments.filter(({ name }) => nodes.some((node) => isOn(node, name)));
  const rows: TemplateNode[][] = [[], ...used.map(() => [] as TemplateNode[])];
  for (const node of nodes.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))) {
    const places = used.flatMap(({ name }, index) => (isOn(node, name) ? [index] : []));
    const first = places[0] ?? 0;
    // What joins two segments stands between them; servers hang below their segment, the others stand above.
    const row = places.length > 1 ? first + 1 : node.role === 'real-server' ? first + 1 : first;
    rows[row]?.push(node);
  }
  const widest = Math.max(...rows.map(({ length }) => length), 1);
  const width = widest * (box.width + gap) + gap;
  const busY = (index: number) => index * (box.height + rowHeight) + box.height + rowHeight / 2;
  const boxes = rows.flatMap((row, index) => {
    const total = row.length * (box.width + gap) - gap;
    return row.map((node, place) => ({
      node,
      x: (width - total) / 2 + place * (box.width + gap),
      y: index * (box.height + rowHeight),
    }));
  });
  const cables = boxes.flatMap(({ node, x, y }) =>
    used.flatMap(({ name }, index) => {
      if (!isOn(node, name)) return [];
      const above = y < busY(index);
      return [{ x: x + box.width / 2, from: above ? y + box.height : y, to: busY(index) }];
    }),
  );
  return {
    ...{ width, height: rows.length * box.height + (rows.length - 1) * rowHeight },
    ...{ boxes, cables, buses: used.map(({ name }, index) => ({ name, y: busY(index) })) },
  };
}

function isOn({ nics }: TemplateNode, segment: string): boolean {
  return nics.some((nic) => nic.segment === segment);
}
