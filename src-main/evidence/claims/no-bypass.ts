import { countOf } from '../../contract/message.ts';
import { everyMode, framesOf, sumOf, wordsOf, type Claim } from './claim.ts';
import { notAccounted } from './not-accounted.ts';

const id = 'no-bypass';
const say = wordsOf(id);
const statement = 'Not one frame of a request goes to a real server from anyone but the director.';

export const noBypass: Claim = {
  id,
  modes: everyMode,
  title: 'No request frame bypasses the director',
  statement: { nat: statement, dr: statement, tun: statement },
  needs: ['frames'],
  follows: ['arp-only-director'],
  premises: [],
  judge(evidence) {
    const { frames } = evidence.findings;
    const { bypassed, bypassedBy, handedOn } = frames;
    const past = sumOf(bypassed);
    if (past > 0) {
      const nodes = [...bypassed.keys()];
      const values = {
        past: countOf(past, 'frame'),
        all: past + handedOn.count,
        senders: [...bypassedBy],
        nodes,
      };
      return {
        verdict: 'refuted',
        why: say(
          'refuted',
          'Of {all} request frames to real servers, {senders} sent {past} straight to {nodes}.',
          values,
        ),
        frames: framesOf(bypassed.values()),
        nodes,
      };
    }
    if (handedOn.count === 0)
      return { verdict: 'not-shown', why: say('none', 'No request frame reached a real server.') };
    const open = notAccounted(evidence);
    if (open) return open;
    return {
      verdict: 'proved',
      why: say('proved', '{count} reached a real server, all from the director.', {
        count: countOf(handedOn.count, 'request frame'),
      }),
      frames: handedOn.frames,
    };
  },
};
