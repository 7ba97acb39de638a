import { message, type Message } from '../../contract/message.ts';

/** An address with the mask 0.0.0.0 among lines of `ip -o address show`: what it is, and what takes it away. */
export interface ZeroMask {
  readonly hint: Message;
  readonly remove: string;
}

/**
 * Finds what `ifconfig lo:0 VIP/32` leaves: net-tools 2.10 takes /32 for the mask 0.0.0.0, and says nothing. Undefined
 * where no address has the prefix 0.
 */
export function zeroMaskIn(lines: readonly string[]): ZeroMask | undefined {
  for (const line of lines) {
    const [, device, address, label] = /^\d+: (\S+) +inet (\d+(?:\.\d+){3})\/0 .*?(\S+)\\/.exec(line) ?? [];
    if (device === undefined || address === undefined) continue;
    const values = { address, device, label: label ?? device };
    return {
      hint: message(
        'drift.zero-mask',
        '{address} is there with the mask 0.0.0.0: `ifconfig {label} {address}/32` leaves that, since net-tools 2.10 takes /32 for it and says nothing. Packets for {address} are taken as with /32, and no route is made or lost; but `ip address del {address}/32` does not find it, and a second such address on {device} goes when the first is taken away. Whether the service works by it, lvslab verify tells.',
        values,
      ),
      remove: `ip address del ${address}/0 dev ${device}`,
    };
  }
  return undefined;
}
