import type { Evidence } from '../evidence.ts';
import { mapLab } from '../lab-map.ts';
import { directorFaults, tableFaults } from '../set-up/director-faults.ts';
import { hasAddress } from '../set-up/real-server-faults.ts';
import { everyMode, wordsOf, type Claim } from './claim.ts';
import { judgeSetUp } from './set-up-words.ts';

const id = 'director-set-up';
const say = wordsOf(id);

export const directorSetUp: Claim = {
  id,
  modes: everyMode,
  title: 'The director is set up',
  statement: {
    nat: 'The director has the VIP and the virtual service, masquerades for every real server, and forwards packets.',
    dr: 'The director has the VIP and the virtual service, and hands on to every real server by direct routing.',
    tun: 'The director has the VIP and the virtual service, and hands on to every real server by tunnelling.',
  },
  needs: ['facts', 'ipvs'],
  follows: [],
  premises: [],
  judge(evidence) {
    const { lab, mode, table, facts = {} } = evidence;
    const checked = activeDirectors(evidence);
    const faults = checked.flatMap((node) => {
      const own = facts[node];
      return own ? directorFaults(lab, mode, node, own) : [];
    });
    if (!table) return judgeSetUp(say, checked, faults);
    const { directors } = mapLab(lab);
    const named = checked.length > 0 ? checked : directors.slice(0, 1);
    return judgeSetUp(say, named, [...faults, ...tableFaults(lab, mode, table)]);
  },
};

/** Of several directors, the one that holds the VIP: the others stand by. */
function activeDirectors({ lab, facts = {} }: Evidence): string[] {
  const { directors } = mapLab(lab);
  const read = directors.filter((node) => node in facts);
  const active = read.filter((node) => {
    const own = facts[node];
    return own !== undefined && hasAddress(own, lab.service.vip);
  });
  return active.length > 0 ? active : read;
}
