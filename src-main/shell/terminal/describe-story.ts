import { styleText } from 'node:util';
import type { Hop, RequestStory, Rewrite } from '../../contract/evidence.ts';
import { table } from './table.ts';

/** One request as a person reads it: what became of it, then its hops, and what each changed in the packet. */
export function describeStory(story: RequestStory, service: { vip: string; port: number }): string {
  const { number, client, request, hops, omittedHops } = story;
  const title = `Request ${number}: ${client.node ?? 'a client'} ${client.address}:${client.port} to ${service.vip}:${service.port}`;
  return [
    '',
    styleText('bold', request === null ? title : `${title}, ${request}`),
    `  ${ending(story)}`,
    ...remarks(story).map((remark) => `  ${remark}`),
    '',
    indent(
      table(
        head,
        hops.map((hop) => row(hop, story.begin)),
      ),
    ),
    ...(omittedHops > 0 ? [`  … and ${omittedHops} more hops`] : []),
    '',
  ].join('\n');
}

const head = ['ms', 'frame', 'segment', 'hop', 'packet', 'changed on the way'];

function row(hop: Hop, begin: number): string[] {
  return [
    ((hop.time - begin) / 1e6).toFixed(3),
    String(hop.sequence),
    hop.segment ?? 'none',
    `${hop.from} → ${hop.to ?? hop.destinationMac}`,
    packetWords(hop),
    changeWords(hop),
  ];
}

function packetWords(hop: Hop): string {
  const inside = insideWords(hop);
  if (hop.outer === null) return inside;
  const { kind, source, destination } = hop.outer;
  return `${kind.toUpperCase()} ${source} → ${destination} [${inside}]`;
}

function insideWords(hop: Hop): string {
  if (hop.kind === 'icmp') return `${hop.source} → ${hop.destination} ICMP ${hop.icmp ?? ''}`;
  if (hop.kind === 'fragment') return `${hop.source} → ${hop.destination} fragment, ${hop.length} bytes`;
  const data = hop.dataLength > 0 ? ` ${hop.dataLength} bytes` : '';
  return `${hop.source}:${hop.sourcePort} → ${hop.destination}:${hop.destinationPort} ${hop.flags}${data}`;
}

const names: Readonly<Record<Rewrite['what'], string>> = {
  'source-mac': 'source MAC',
  'destination-mac': 'destination MAC',
  source: 'source',
  destination: 'destination',
  'source-port': 'source port',
  'destination-port': 'destination port',
  'outer-header': 'outer header',
  ttl: 'TTL',
};

/** Every hop has its own sender's MAC, so that one says nothing of the mode. */
function changeWords({ rewrote, retransmission, dropped, previous }: Hop): string {
  const changes = rewrote
    .filter(({ what }) => what !== 'source-mac')
    .map(({ what, from, to }) =>
      what === 'outer-header' && from === 'none'
        ? `outer header added: ${to}`
        : `${names[what]} ${from} → ${to}`,
    );
  const sentAgain = retransmission && previous === null ? ['sent again'] : [];
  return [...sentAgain, ...changes, ...(dropped ? ['dropped by the lab'] : [])].join('; ');
}

function ending({ outcome, realServer, response, resetBy, icmpErrors }: RequestStory): string {
  const by = realServer ?? 'no real server';
  switch (outcome) {
    case 'answered':
      return `${styleText('green', '✓')} answered by ${by}${response === null ? '' : `: ${response}`}`;
    case 'refused':
      return `${styleText('red', '✗')} refused by ${resetBy ?? icmpErrors[0]?.from ?? by}`;
    case 'reset':
      return `${styleText('red', '✗')} reset by ${resetBy ?? by}; it went to ${by}`;
    case 'no-answer':
      return `${styleText('red', '✗')} not answered; it went to ${by}`;
    case 'unfinished':
      return `${styleText('dim', '–')} under way when the record ended; it went to ${by}`;
  }
}

const paths = {
  'through-director': 'replies went through the director',
  'past-director': 'replies went past the director',
  both: 'some replies went through the director, others past it',
};

function remarks(story: RequestStory): string[] {
  const { replyPath, bypassedDirector, retransmissions, icmpErrors, begun } = story;
  return [
    ...(begun ? [] : ['its begin is not on record']),
    ...(bypassedDirector ? ['it reached the real server without the director'] : []),
    ...(replyPath === null ? [] : [paths[replyPath]]),
    ...(retransmissions > 0 ? [`${retransmissions} segments were sent again`] : []),
    ...icmpErrors.map(({ from, words, sequence }) => `ICMP from ${from} in frame ${sequence}: ${words}`),
  ];
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
