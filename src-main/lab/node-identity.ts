import { randomBytes, randomUUID } from 'node:crypto';
import { LabError } from '../contract/lab-error.ts';
import { askOnLine } from '../guest/ask-on-line.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import type { SshKeyPair } from '../image/ssh-keys.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import { quote } from '../template/value-types.ts';
import { machineId } from './machine.ts';

/** Milliseconds. An answer takes less than one second; after this a machine is not given up too early on any host. */
const linePatience = 60_000;

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
  const { exitCode, stderr } = await session.run(`exec perl -e ${quote(`${script}\nidentify()`)}`, {
    input: request(node, hostKey),
    signal,
  });
  if (exitCode !== 0) throw refused(node, stderr.trim());
}

/**
 * The same over a serial line, to the listener that a warm state has: no login, and no program to be started.
 * @param line The socket at our end of it.
 * @returns false when there is no such line.
 * @throws LabError `guest-command-failed`; `guest-unreachable` when nothing answers: later it still may.
 */
export async function giveIdentityOnLine(
  line: string,
  node: NodePlan,
  hostKey: SshKeyPair,
  signal: AbortSignal,
): Promise<boolean> {
  const outcome = await ask(line, 'identity', `${request(node, hostKey)}\n`, signal);
  if (outcome !== undefined && outcome !== 'done') throw refused(node, outcome);
  return outcome !== undefined;
}

/**
 * Makes sure that a machine's listener answers, where there is a line to it.
 * @throws LabError `guest-unreachable`
 */
export async function demandListener(line: string, signal: AbortSignal): Promise<void> {
  await ask(line, 'hello', '', signal);
}

/** The empty line ends what a process that died may have begun to say. */
async function ask(
  socket: string,
  wanted: 'hello' | 'identity',
  terms: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const word = randomUUID();
  const question = { socket, text: `\n${wanted} ${word}\n${terms}`, patience: linePatience, signal };
  const answer = await askOnLine(question, (heard) => heard.startsWith(word));
  return answer?.slice(word.length + 1);
}

/** Starts, in a guest that is to be saved, the program that will listen on its second serial port, `/dev/ttyS1`. */
export function listenCommand(): string {
  const listener = `setsid perl -e ${quote(`${script}\nserve()`)} <>/dev/ttyS1 >&0 2>/dev/null`;
  return `stty -F /dev/ttyS1 raw -echo clocal 115200 && { ${listener} & }`;
}

function refused({ name }: NodePlan, why: string): LabError {
  return new LabError('guest-command-failed', `${name} could not be given its own identity.`, {
    why,
    remedy: "Start the lab with '--cold'; build the guest image anew if that fails as well.",
  });
}

/** A line of words, a line of random bytes, and the host key, whose form ends with a line's end. */
function request({ name, uuid, nics }: NodePlan, { privateKey }: SshKeyPair, now = Date.now()): string {
  const macs = nics.flatMap((nic) => [nic.name, nic.mac.replaceAll(':', '')]);
  const words = [Math.floor(now / 1000), (now % 1000) * 1000, name, machineId(uuid), ...macs];
  return `${words.join(' ')}\n${randomBytes(32).toString('base64')}\n${privateKey}`;
}

/**
 * Perl, since one program can do all of it: to start each of five costs an emulated guest some 60 ms. The numbers are
 * those of x86-64: settimeofday(2) and syncfs(2) of its system calls, RNDRESEEDCRNG of random(4), SIOCSIFHWADDR of
 * netdevice(7) with ARPHRD_ETHER.
 */
const script = String.raw`
sub check { $_[1] or die "$_[0]: $!\n" }
sub at { my ($way, $file) = @_; check($file, open my $handle, $way, $file); return $handle }
sub save {
  my ($file, $text) = @_;
  my $out = at(">", $file);
  check($file, print($out $text) && close $out);
}
# Reads a request from standard input, to its end or to an empty line.
sub identify {
  my ($seconds, $micros, $name, $id, %macs) = split " ", scalar <STDIN>;
  # Set first: what comes after is slow under emulation. A restored guest's clock lags by the time it lay saved.
  check("clock", syscall(164, pack("q2", $seconds, $micros), 0) == 0);
  my ($seed, $key) = (scalar <STDIN>, "");
  while (defined(my $line = <STDIN>)) { last if $line eq "\n"; $key .= $line }
  # What is written to urandom counts only once the generator is told to take it in.
  my $random = at(">", "/dev/urandom");
  check("random seed", syswrite($random, $seed) && ioctl($random, 0x5207, 0));
  save("/etc/ssh/ssh_host_ed25519_key", $key);
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
}
sub serve {
  $| = 1;
  while (my $line = <STDIN>) {
    my ($wanted, $word) = $line =~ /^(hello|identity) (\S+)$/ or next;
    my $done = eval { identify() if $wanted eq "identity"; 1 };
    print "$word ", $done ? "done\n" : "failed: $@";
  }
}
`;
