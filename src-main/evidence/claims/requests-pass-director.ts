import { countOf } from '../../contract/message.ts';
import { everyMode, framesOf, wordsOf, type Claim } from './claim.ts';
import { notAccounted } from './not-accounted.ts';

const id = 'requests-pass-director';
const say = wordsOf(id);
const statement = 'Each connection that reached a real server was handed to it by the director.';

export const requestsPassDirector: Claim = {
  id,
  modes: everyMode,
  title: 'Requests pass the director',
  statement: { nat: statement, dr: statement, tun: statement },
  needs: ['frames'],
  follows: ['arp-only-director'],
  premises: [],
  judge(evidence) {
    const { frames, connections } = evidence.findings;
    const { bypassed, handedOn, servers } = connections;
    if (bypassed > 0) {
      const nodes = [...servers].filter(([, server]) => server.bypassed > 0).map(([node]) => node);
      const values = {
        bypassed: countOf(bypassed, 'connection'),
        all: countOf(connections.total, 'connection'),
        nodes,
      };
      return {
        verdict: 'refuted',
        why: say('refuted', '{bypassed} of {all} reached {nodes} without the director.', values),
        frames: framesOf(frames.bypassed.values()),
        nodes,
      };
    }
    if (handedOn === 0)
      return { verdict: 'not-shown', why: say('none', 'No connection reached a real server.') };
    const open = notAccounted(evidence);
    if (open) return open;
    return {
      verdict: 'proved',
      why: say('proved', '{count} reached a real server, each by the director.', {
        count: countOf(handedOn, 'connection'),
      }),
      frames: frames.handedOn.frames,
      nodes: [...servers.keys()],
    };
  },
};
