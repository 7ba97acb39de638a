import type { Element } from 'hast';
import type { RequestStory } from '../../contract/evidence.ts';
import { count } from '../words/numbers.ts';
import type { Words } from '../words/words.ts';
import { drawRung, type DrawnRung } from './ladder/draw-rung.ts';
import { ladderOf } from './ladder/ladder.ts';
import { toldX } from './ladder/told-lines.ts';
import { box, line, picture, text } from './svg.ts';

const width = 720;
const lanes = { from: 72, to: toldX - 16 };
const headHeight = 24;
/** What a printed page has room for, with what stands about the picture. */
const highest = 990;

/** One request hop by hop: a line for each machine, an arrow for each frame, and what each hop rewrote. */
export function ladderPicture(story: RequestStory, words: Words): Element {
  const { machines, rungs } = ladderOf(story);
  const digits = (rungs.at(-1)?.atMs ?? 0) < 1 ? 3 : 2;
  const drawn = rungs.map((rung) => drawRung(rung, digits, words));
  const shown = asManyAsFit(drawn);
  const left = drawn.length - shown.length;
  const bottom = headHeight + 6 + shown.reduce((sum, { height }) => sum + height, 0);
  const lane = (lanes.to - lanes.from) / Math.max(1, machines.length);
  const xs = machines.map((_, place) => lanes.from + lane * (place + 0.5));
  let y = headHeight + 6;
  const rows = shown.map(({ height, draw }) => {
    y += height;
    return draw(y - height, xs);
  });
  const way = `${story.client.node ?? story.client.address} → ${story.realServer ?? words.evidence.nobody}`;
  return picture(
    'ladder',
    {
      ...{ width, height: bottom + 4 + (left > 0 ? 18 : 0) },
      name: words.pictures.ladder(count(story.hops.length), way, words.outcomes[story.outcome]),
    },
    xs.map((x) => line([x, headHeight], [x, bottom], 'life')),
    machines.flatMap((machine, place) => head(machine, xs[place] ?? 0, lane - 6)),
    rows,
    left > 0
      ? [text(words.evidence.omitted(count(left)), { x: lanes.from, y: bottom + 14, kind: 'soft' })]
      : [],
  );
}

function asManyAsFit(rungs: readonly DrawnRung[]): readonly DrawnRung[] {
  let sum = headHeight;
  const end = rungs.findIndex(({ height }) => (sum += height) > highest);
  return end < 0 ? rungs : rungs.slice(0, end);
}

function head(machine: string, x: number, room: number): Element[] {
  const width = Math.min(room, 108);
  return [
    box({ x: x - width / 2, y: 1, width, height: headHeight - 2 }, 'head', 4),
    text(machine, {
      ...{ x, y: 16.5, kind: 'name', anchor: 'middle' },
      room: { width: width - 8, size: 12.5, letters: 'bold' },
    }),
  ];
}
