import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Hop, RequestStory } from '../../../contract/evidence.ts';
import { ladderPicture } from '../../pictures/ladder-picture.ts';
import { count, milliseconds } from '../../words/numbers.ts';
import { badge, code, figure, inFigures, table, type Content } from '../elements.ts';
import { named, type PageContext } from '../page-context.ts';

/** One request across the lab: as a ladder, and frame by frame. */
export function storyView(story: RequestStory, page: PageContext): Content {
  const { words } = page;
  const own = words.evidence;
  const client = story.client.node ?? story.client.address;
  return [
    h(
      'p',
      named(own.storyOf(client, story.realServer ?? own.nobody)),
      ' ',
      badge(story.outcome === 'answered' ? 'good' : 'bad', words.outcomes[story.outcome]),
    ),
    h(
      'p',
      story.replyPath === null ? null : own.replyPaths[story.replyPath],
      story.bypassedDirector ? ` ${own.bypassed}` : null,
    ),
    figure(ladderPicture(story, words), named([story.request, story.response].filter(Boolean).join(' → '))),
    inFigures(own.hops(count(story.hops.length)), hopsTable(story, page)),
    story.omittedHops === 0 ? null : h('p.note', own.omitted(count(story.omittedHops))),
  ];
}

/** Short forms for one story: `client` in full, its frames in two lines each. */
function hopsTable(story: RequestStory, page: PageContext): Element {
  const own = page.words.evidence;
  return table(
    [
      { title: own.frame, figures: true },
      { title: own.time, figures: true },
      { title: own.segment },
      { title: own.way },
      { title: own.packet },
      { title: own.rewrote },
    ],
    story.hops.map((hop) => [
      String(hop.sequence),
      milliseconds((hop.time - story.begin) / 1e6),
      hop.segment && named(hop.segment),
      [named(hop.from), ' → ', hop.to === null ? page.words.everyone : named(hop.to)],
      packetOf(hop, page),
      rewrotesOf(hop, page),
    ]),
    { label: own.hops(count(story.hops.length)), kind: 'hops' },
  );
}

function packetOf(hop: Hop, { words }: PageContext): Content {
  const own = words.evidence;
  const end = (address: string, port: number) => (port === 0 ? address : `${address}:${port}`);
  const what = hop.kind === 'tcp' ? hop.flags : (hop.icmp ?? own.fragment);
  const marks = [
    ...(hop.outer ? [own.outer(hop.outer.kind, hop.outer.source, hop.outer.destination)] : []),
    own.bytes(count(hop.length)),
    `TTL ${hop.ttl}`,
    ...(hop.retransmission ? [own.retransmission] : []),
    ...(hop.dropped ? [own.dropped] : []),
  ];
  return [
    code(`${end(hop.source, hop.sourcePort)} → ${end(hop.destination, hop.destinationPort)}`),
    ' ',
    h('strong', what),
    h('p.why', marks.join(words.comma)),
  ];
}

function rewrotesOf({ rewrote }: Hop, { words }: PageContext): Content {
  if (rewrote.length === 0) return null;
  return h(
    'ul.plain',
    rewrote.map(({ what, from, to }) =>
      h('li', words.rewrites[what], words.colon, code(from), ' → ', code(to)),
    ),
  );
}
