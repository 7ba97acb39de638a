import { LabError } from '../contract/lab-error.ts';
import type { GuestShell } from '../guest/guest-session.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import { formatIpv4, parseCidr, parseIpv4 } from '../template/ipv4.ts';
import {
  sourceAddressCommands,
  type SourceAddressCommands,
  type SourceAddressOptions,
} from '../traffic/source-addresses.ts';

/**
 * Addresses the client is to have besides its own: free ones of its subnet, from its end down, where people and
 * templates number nothing. Pure.
 * @throws LabError `bad-input` when the subnet has not so many.
 */
export function chooseSources(plan: LabPlan, count: number): SourceAddressOptions {
  const nic = plan.nodes
    .find(({ role }) => role === 'client')
    ?.nics.find(({ address, segment }) => address !== null && segment !== null);
  const own = nic?.address ?? '';
  const net = parseCidr(own);
  if (!nic || !net) throw new LabError('bad-input', 'The client has no address in this mode.');
  const taken = takenAddresses(plan);
  const numbers = new Set(taken.map(parseIpv4));
  const size = 2 ** (32 - net.prefix);
  const first = net.address - (net.address % size);
  const addresses: string[] = [];
  for (let at = first + size - 2; at > first && addresses.length < count; at -= 1) {
    if (!numbers.has(at)) addresses.push(formatIpv4(at));
  }
  if (addresses.length === count) return { nic: nic.name, own, addresses, taken };
  throw new LabError('bad-input', `The client's subnet has no ${count} free addresses.`, {
    why: `In that of ${own} ${addresses.length} are free.`,
    remedy: 'Ask for fewer source addresses.',
  });
}

function takenAddresses({ service: { vip }, nodes }: LabPlan): string[] {
  const ofNics = nodes.flatMap(({ nics }) => nics.flatMap(({ address, gateway }) => [address, gateway]));
  return [vip, ...ofNics.flatMap((address) => address?.split('/')[0] ?? [])];
}

/**
 * Gives the client more addresses while something is done with them, and takes them away again, however it ends.
 * @param count None where it is undefined.
 * @throws LabError `bad-input` as `chooseSources`; `guest-command-failed` when the client does not take one.
 */
export async function withSources<T>(
  client: GuestShell,
  plan: LabPlan,
  { count, signal }: { readonly count: number | undefined; readonly signal: AbortSignal },
  use: (sources: readonly string[] | undefined) => Promise<T>,
): Promise<T> {
  if (count === undefined) return use(undefined);
  const options = chooseSources(plan, count);
  const commands = sourceAddressCommands(options);
  try {
    await add(client, commands, signal);
    return await use(options.addresses);
  } finally {
    // Without the signal: what was cancelled leaves nothing behind. One that could not be added is not there.
    await client.run(commands.remove.join('; '), { timeout: 10_000 }).catch(() => undefined);
  }
}

async function add(
  client: GuestShell,
  { add: lines, verify }: SourceAddressCommands,
  signal: AbortSignal,
): Promise<void> {
  const { exitCode, stderr } = await client.run([...lines, verify].join(' && '), { signal });
  if (exitCode === 0) return;
  throw new LabError('guest-command-failed', 'The client does not take more addresses.', {
    why: stderr.trim() || `exit code ${exitCode}`,
    remedy: "Look at the client with 'ip address'.",
  });
}
