import type { VipHolder } from '../../contract/frames.ts';
import { decodeFrame } from '../../wire/decode/decode-frame.ts';
import { u16 } from '../../wire/decode/bytes.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';
import { nodeOfPort } from './frame-view.ts';

const etherTypeArp = 0x0806;

/** Who says in ARP that it has the VIP: whoever sends any ARP packet with the VIP as its own address (RFC 826). */
export interface VipHolders {
  /** Hears a frame of the record, in its order; looks at ARP alone. */
  hear(frame: FrameRecord, vip: string): void;
  /** The newest word of each node on each segment, newest first. */
  list(): VipHolder[];
}

export function createVipHolders(): VipHolders {
  const holders = new Map<string, VipHolder>();
  return {
    hear(frame, vip) {
      const { bytes, port, segment, sequence, time, fate } = frame;
      // One that was dropped nobody heard.
      if (u16(bytes, 12) !== etherTypeArp || fate !== undefined) return;
      const { payload } = decodeFrame(bytes);
      if (payload.kind !== 'arp' || payload.senderIp !== vip) return;
      const node = nodeOfPort(port);
      holders.set(`${node} ${segment ?? ''}`, { node, mac: payload.senderMac, segment, sequence, time });
    },
    list: () => [...holders.values()].sort((a, b) => b.sequence - a.sequence),
  };
}
