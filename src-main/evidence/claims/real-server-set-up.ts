import { mapLab } from '../lab-map.ts';
import { realServerFaults } from '../set-up/real-server-faults.ts';
import { everyMode, wordsOf, type Claim } from './claim.ts';
import { judgeSetUp } from './set-up-words.ts';

const id = 'real-server-set-up';
const say = wordsOf(id);

export const realServerSetUp: Claim = {
  id,
  modes: everyMode,
  title: 'Each real server is set up',
  statement: {
    nat: 'Each real server reaches the client through the director, and its web server listens.',
    dr: 'Each real server has the VIP, says nothing of it by ARP, reaches the client past the director, and its web server listens.',
    tun: 'Each real server has the VIP on tunl0, takes in what comes out of the tunnel, reaches the client past the director, and its web server listens.',
  },
  needs: ['facts'],
  follows: [],
  premises: [],
  judge({ lab, mode, facts = {} }) {
    const checked = mapLab(lab).realServers.filter((node) => node in facts);
    const faults = checked.flatMap((node) => {
      const own = facts[node];
      return own ? realServerFaults(lab, mode, node, own) : [];
    });
    return judgeSetUp(say, checked, faults);
  },
};
