import { queueRemovals } from '../../evidence/set-up/impairing-queues.ts';
import type { GuestShell } from '../../guest/guest-session.ts';

/** What ssh goes over. */
const management = 'mgmt';

/** The commands that take away what loses or holds back packets in a guest's queues; none where nothing does. */
export async function queueCommands(guest: GuestShell, signal: AbortSignal): Promise<string[]> {
  const { stdout } = await guest.run('tc qdisc show', { signal });
  return queueRemovals(stdout, [management]);
}

const drops = ['net.ipv4.vs.drop_packet', 'net.ipv4.vs.drop_entry'];

/** The commands by which ip_vs throws nothing away on purpose; none where it does not. */
export async function dropCommands(guest: GuestShell, signal: AbortSignal): Promise<string[]> {
  // Without ip_vs there are no such settings.
  const { stdout } = await guest.run(`sysctl ${drops.join(' ')} 2>/dev/null`, { signal });
  const set = stdout.split('\n').flatMap((line) => {
    const [name = '', value = '0'] = line.split('=').map((part) => part.trim());
    return drops.includes(name) && value !== '0' ? [`${name}=0`] : [];
  });
  return set.length > 0 ? [`sysctl -w ${set.join(' ')}`] : [];
}
