import { randomBytes } from 'node:crypto';
import { LabError } from '../contract/lab-error.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import type { SshKeyPair } from '../image/ssh-keys.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import { quote } from '../template/value-types.ts';
import { machineId } from './machine.ts';

/**
 * Makes a guest that came from the image, or from the warm state that all nodes share, a node of its own: host name,
 * machine id, MACs, SSH host key, random seed and clock. Lab NICs that the node has not are taken out.
 * @throws LabError `guest-command-failed`
 */
export async function giveIdentity(
  session: GuestSession,
  node: NodePlan,
  hostKey: SshKeyPair,
  signal: AbortSignal,
): Promise<void> {
  const { exitCode, stderr } = await session.run(identityScript(node), {
    input: `${randomBytes(32).toString('base64')}\n${hostKey.privateKey}`,
    signal,
  });
  if (exitCode === 0) return;
  throw new LabError('guest-command-failed', `${node.name} could not be given its own identity.`, {
    why: stderr.trim(),
    remedy: "Start the lab with '--cold'; build the guest image anew if that fails as well.",
  });
}

/**
 * Reads a line of random bytes, then the host key, from standard input. Built-ins of the shell where there are any: to
 * start a program costs an emulated guest some 50 ms.
 */
function identityScript({ name, uuid, nics }: NodePlan, now = Date.now()): string {
  const macs = nics.map((nic) => `link set dev ${nic.name} address ${nic.mac}`);
  return [
    'set -e',
    // Taken first: what comes after is slow under emulation. A restored guest's clock lags by the time it lay saved.
    `date -s @${(now / 1000).toFixed(3)} >/dev/null`,
    // What is written to urandom counts only once the generator is told to take it in: RNDRESEEDCRNG of random(4).
    'read -r seed; echo "$seed" >/dev/urandom',
    `perl -e 'open my $random, ">", "/dev/urandom"; ioctl($random, 0x5207, 0) or die "$!\\n"'`,
    'while IFS= read -r line; do echo "$line"; done >/etc/ssh/ssh_host_ed25519_key',
    'read -r sshd </run/sshd.pid; kill -HUP "$sshd"',
    `echo ${quote(name)} >/etc/hostname; echo ${quote(name)} >/proc/sys/kernel/hostname`,
    `echo ${machineId(uuid)} >/etc/machine-id`,
    // A node whose plug is pulled is known by its key when it starts again.
    'sync /etc/ssh/ssh_host_ed25519_key /etc/hostname /etc/machine-id',
    // Whoever it knew had another MAC then.
    `echo ${quote([...macs, 'neigh flush all'].join('\n'))} | ip -batch -`,
    // Those that only the warm state has.
    `for nic in /sys/class/net/eth*; do [ "\${nic##*/eth}" -lt ${nics.length} ] || echo 1 >$nic/device/../remove; done`,
  ].join('\n');
}
