import type { VipHolder } from '../../contract/frames.ts';
import { decodeFrame } from '../../wire/decode/decode-frame.ts';
import { u16, u32 } from '../../wire/decode/bytes.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';
import { nodeOfPort } from './frame-view.ts';

const etherTypeArp = 0x0806;
const etherTypeIpv4 = 0x0800;
const arpRequest = 1;
const second = 1e9;

/**
 * Nanoseconds for which a word counts. Linux takes a neighbour's word for 15 to 45 s (BASE_REACHABLE_TIME and
 * neigh_rand_reach_time() in net/core/neighbour.c), and asks again 5 s after it next needs it, three times in 3 s: who
 * has said nothing for longer, and was sent nothing, is nobody's neighbour any more.
 */
const wordLasts = 53 * second;
/** Nanoseconds that an emulated guest may take to answer. */
const answerTakes = 3 * second;
/** Nanoseconds between two looks at what is sent to the VIP. */
const useEvery = second;

/** Who says in ARP that it has the VIP: whoever sends any ARP packet with the VIP as its own address (RFC 826). */
export interface VipHolders {
  /** Hears a frame of the record, in its order. */
  hear(frame: FrameRecord, vip: string): void;
  /**
   * The newest word of each node on each segment that still counts, newest first. It does until those who heard it would
   * ask again, and no longer where somebody has asked and was not answered.
   * @param now Nanoseconds on the record's clock.
   */
  list(now: number): VipHolder[];
  /** The machines are others from now on. */
  clear(): void;
}

interface Known {
  readonly holder: VipHolder;
  /** When it last said so, or was sent something as the one that has the VIP. */
  counted: number;
  /** Since when it owes an answer. */
  asked?: number | undefined;
}

export function createVipHolders(): VipHolders {
  const known = new Map<string, Known>();
  let lookedAt = -Infinity;
  const on = (segment: string | null) =>
    [...known.values()].filter(({ holder }) => holder.segment === segment);

  const hearArp = ({ bytes, port, segment, sequence, time }: FrameRecord, vip: string): void => {
    const { destination, payload } = decodeFrame(bytes);
    if (payload.kind !== 'arp') return;
    const node = nodeOfPort(port);
    if (payload.senderIp === vip) {
      const holder = { node, mac: payload.senderMac, segment, sequence, time };
      known.set(`${node} ${segment ?? ''}`, { holder, counted: time });
    } else if (payload.operation === arpRequest && payload.targetIp === vip)
      for (const one of on(segment))
        if (destination === broadcast || destination === one.holder.mac) one.asked ??= time;
  };
  /** Who is sent the VIP's packets is taken for its holder by the sender; what a holder passes on says nothing. */
  const hearUse = ({ bytes, segment, time }: FrameRecord): void => {
    const { source, destination } = decodeFrame(bytes);
    const holders = on(segment);
    if (holders.some(({ holder }) => holder.mac === source)) return;
    lookedAt = time;
    for (const one of holders) if (one.holder.mac === destination) one.counted = time;
  };
  return {
    hear(frame, vip) {
      // One that was dropped nobody heard.
      if (frame.fate !== undefined) return;
      const type = u16(frame.bytes, 12);
      if (type === etherTypeArp) hearArp(frame, vip);
      else if (
        type === etherTypeIpv4 &&
        frame.time - lookedAt > useEvery &&
        u32(frame.bytes, 30) === numberOf(vip)
      )
        hearUse(frame);
    },
    list(now) {
      for (const [key, { counted, asked }] of known)
        if (now - counted > wordLasts || (asked !== undefined && now - asked > answerTakes))
          known.delete(key);
      return [...known.values()].map(({ holder }) => holder).sort((a, b) => b.sequence - a.sequence);
    },
    clear() {
      known.clear();
    },
  };
}

const broadcast = 'ff:ff:ff:ff:ff:ff';

/** An IPv4 address as its 32 bits. */
function numberOf(address: string): number {
  return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
