import { countOf } from '../../contract/message.ts';
import { fault } from '../faults.ts';
import { notOnRecord } from './not-accounted.ts';
import type { Evidence } from '../evidence.ts';
import type { FrameFindings } from '../trace/frame-findings.ts';
import { everyMode, framesOf, sumOf, wordsOf, type Claim, type Judgement } from './claim.ts';

const id = 'mtu';
const say = wordsOf(id);
const statement =
  'No packet is longer than the MTU of the NIC it leaves, none is cut into fragments, and whoever is told "fragmentation needed" sends shorter ones.';

/** One repeat may have been under way when the ICMP message came. */
const repeatsForgiven = 1;

export const mtu: Claim = {
  id,
  modes: everyMode,
  title: 'Packets fit the MTU',
  statement: { nat: statement, dr: statement, tun: statement },
  needs: ['frames', 'facts'],
  follows: [],
  premises: [],
  judge(evidence) {
    const { frames } = evidence.findings;
    const repeats = [...frames.overlongRepeats].filter(([, { count }]) => count > repeatsForgiven);
    if (repeats.length > 0)
      return unheeded(
        repeats.map(([node]) => node),
        frames,
      );
    const long = tooLong(evidence);
    if (long) return long;
    if (frames.fragments.size > 0) return fragmented(frames);
    if (frames.longest.size === 0)
      return { verdict: 'not-shown', why: say('none', 'No IP packet was seen.') };
    return notOnRecord(evidence) ?? unread(evidence) ?? proved(frames);
  },
};

function unheeded(nodes: readonly string[], frames: FrameFindings): Judgement {
  const values = {
    nodes,
    count: countOf(sumOf(frames.overlongRepeats), 'packet'),
    mtu: frames.smallestMtu ?? 0,
  };
  return {
    verdict: 'refuted',
    why: say(
      'unheeded',
      '{nodes} sent {count} again that are longer than the {mtu} bytes an ICMP message had told.',
      values,
    ),
    frames: framesOf(frames.overlongRepeats.values()),
    nodes,
    faults: nodes.map((node) => fault('mtu-unheeded', node, false)),
  };
}

/** The MTU of a NIC, `node:nic`, as its guest told it. */
function mtuOf({ facts = {} }: Evidence, port: string): number | undefined {
  const [node = '', nic = ''] = port.split(':');
  return facts[node]?.interfaces[nic]?.mtu;
}

/** Nodes that sent packets and whose NICs' own MTU was not read. */
function unread(evidence: Evidence): Judgement | undefined {
  const ports = [...evidence.findings.frames.longest.keys()];
  const unknown = ports.filter((port) => mtuOf(evidence, port) === undefined);
  if (unknown.length === 0) return undefined;
  const nodes = [...new Set(unknown.map((port) => port.split(':')[0] ?? ''))];
  return { verdict: 'not-shown', why: say('unread', 'The MTU of {nodes} was not read.', { nodes }), nodes };
}

function tooLong(evidence: Evidence): Judgement | undefined {
  for (const [port, { length, frame }] of evidence.findings.frames.longest) {
    const [node = ''] = port.split(':');
    const most = mtuOf(evidence, port);
    if (most !== undefined && length > most) {
      const why = say('too-long', 'A packet of {length} bytes left {port}, whose MTU is {most}.', {
        length,
        port,
        most,
      });
      return { verdict: 'refuted', why, frames: [frame], nodes: [node] };
    }
  }
  return undefined;
}

function fragmented({ fragments }: FrameFindings): Judgement {
  const nodes = [...fragments.keys()];
  return {
    verdict: 'refuted',
    why: say('fragments', '{nodes} sent {count}.', {
      nodes,
      count: countOf(sumOf(fragments), 'fragment'),
    }),
    frames: framesOf(fragments.values()),
    nodes,
  };
}

function proved(frames: FrameFindings): Judgement {
  const [longest] = [...frames.longest.values()].sort((a, b) => b.length - a.length);
  const told = sumOf(frames.fragmentationNeeded);
  const values = { longest: longest?.length ?? 0, told, mtu: frames.smallestMtu ?? 0 };
  const why =
    told === 0
      ? say(
          'proved',
          'The longest IP packet had {longest} bytes; nothing was cut or refused for its length.',
          values,
        )
      : say(
          'heeded',
          'The longest IP packet had {longest} bytes; "fragmentation needed, MTU {mtu}" was sent {told} times and heeded.',
          values,
        );
  return {
    verdict: 'proved',
    why,
    frames: told === 0 ? [longest?.frame ?? 0] : framesOf(frames.fragmentationNeeded.values()),
  };
}
