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
  const { exitCode, stderr } = await session.run(identityCommand(node), {
    input: `${randomBytes(32).toString('base64')}\n${hostKey.privateKey}`,
    signal,
  });
  if (exitCode === 0) return;
  throw new LabError('guest-command-failed', `${node.name} could not be given its own identity.`, {
    why: stderr.trim(),
    remedy: "Start the lab with '--cold'; build the guest image anew if that fails as well.",
  });
}

/** Perl, since one program can do all of it: to start each of five costs an emulated guest some 60 ms. */
function identityCommand({ name, uuid, nics }: NodePlan, now = Date.now()): string {
  const macs = nics.flatMap((nic) => [nic.name, nic.mac.replaceAll(':', '')]);
  const words = [script, Math.floor(now / 1000), (now % 1000) * 1000, name, machineId(uuid), ...macs];
  return `exec perl -e ${words.map((word) => quote(String(word))).join(' ')}`;
}

/**
 * Reads a line of random bytes, then the host key, from standard input. The numbers are those of x86-64: settimeofday(2)
 * and syncfs(2) of its system calls, RNDRESEEDCRNG of random(4), SIOCSIFHWADDR of netdevice(7) with ARPHRD_ETHER.
 */
const script = String.raw`
my ($seconds, $micros, $name, $id, %macs) = @ARGV;
sub check { $_[1] or die "$_[0]: $!\n" }
sub at { my ($way, $file) = @_; check($file, open my $handle, $way, $file); return $handle }
sub save {
  my ($file, $text) = @_;
  my $out = at(">", $file);
  check($file, print($out $text) && close $out);
}
# Taken first: what comes after is slow under emulation. A restored guest's clock lags by the time it lay saved.
check("clock", syscall(164, pack("q2", $seconds, $micros), 0) == 0);
# What is written to urandom counts only once the generator is told to take it in.
my $random = at(">", "/dev/urandom");
check("random seed", syswrite($random, scalar <STDIN>) && ioctl($random, 0x5207, 0));
save("/etc/ssh/ssh_host_ed25519_key", join "", <STDIN>);
my $sshd = readline at("<", "/run/sshd.pid");
check("sshd", kill "HUP", $sshd + 0);
save("/etc/hostname", "$name\n");
save("/proc/sys/kernel/hostname", $name);
save("/etc/machine-id", "$id\n");
# A node whose plug is pulled is known by its key when it starts again.
check("sync", syscall(306, fileno at("<", "/etc/machine-id")) == 0);
# With its MAC a NIC forgets its neighbours, who knew another (arp_netdev_event() in net/ipv4/arp.c).
check("socket", socket(my $socket, 2, 2, 0));
check($_, ioctl($socket, 0x8924, pack "a16 S H12 x16", $_, 1, $macs{$_})) for keys %macs;
# Those that only the warm state has.
for (my $nic = keys %macs; -e "/sys/class/net/eth$nic"; $nic++) {
  save("/sys/class/net/eth$nic/device/../remove", 1);
}
`;
