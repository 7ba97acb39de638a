import { u16, u8 } from '../../wire/decode/bytes.ts';
import { ipProtocol } from '../../wire/decode/ip-protocol.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';

/** How much a frame tells by itself: what is rare, where a connection begins or ends, or one of very many. */
type Rank = 'rare' | 'edge' | 'common';

/** Where IPv4 begins, in a frame without VLAN tags. */
const afterEthernet = 14;
const etherTypeIpv4 = 0x0800;
const tcpFlag = { fin: 1, syn: 2, rst: 4 };

/**
 * Chooses which frames are shown when there are more than places for them: first what is rare (ARP, ICMP, VRRP, RST),
 * then the ends of connections and what was dropped, then the rest, each evenly over time. The rest has a quarter of
 * the places in any case, so that a load of many short connections does not look as if no data went over the wires.
 * @returns At most `places`, in the record's order.
 */
export function sampleFrames(frames: readonly FrameRecord[], places: number): readonly FrameRecord[] {
  if (frames.length <= places) return frames;
  const ranked: Record<Rank, FrameRecord[]> = { rare: [], edge: [], common: [] };
  for (const frame of frames) ranked[rankOf(frame)].push(frame);
  const { rare, edge, common } = ranked;
  const forCommon = Math.max(Math.floor(places / 4), places - rare.length - edge.length);
  const chosenCommon = evenly(common, forCommon);
  const chosenRare = evenly(rare, places - chosenCommon.length);
  const chosenEdge = evenly(edge, places - chosenCommon.length - chosenRare.length);
  return [...chosenRare, ...chosenEdge, ...chosenCommon].sort((a, b) => a.sequence - b.sequence);
}

function evenly(frames: readonly FrameRecord[], places: number): readonly FrameRecord[] {
  if (frames.length <= places) return frames;
  return Array.from(
    { length: places },
    (_, place) => frames[Math.floor((place * frames.length) / places)],
  ).filter((frame) => frame !== undefined);
}

/** By a look at a few bytes: taking every frame apart would cost ten times as much. */
function rankOf({ bytes, fate }: FrameRecord): Rank {
  if (fate !== undefined) return 'edge';
  if (u16(bytes, afterEthernet - 2) !== etherTypeIpv4) return 'rare';
  return rankOfPacket(bytes, afterEthernet);
}

function rankOfPacket(bytes: Uint8Array, at: number): Rank {
  const isLaterFragment = (u16(bytes, at + 6) & 0x1fff) !== 0;
  if (isLaterFragment) return 'common';
  const body = at + (u8(bytes, at) & 15) * 4;
  switch (u8(bytes, at + 9)) {
    case ipProtocol.tcp:
      return rankOfFlags(u8(bytes, body + 13));
    case ipProtocol.udp:
      return 'common';
    // A header shorter than any would lead back to where we are.
    case ipProtocol.ipip:
      return body > at ? rankOfPacket(bytes, body) : 'rare';
    case ipProtocol.gre:
      // With a key or a checksum its header is longer: as good as any other frame then.
      return u16(bytes, body) === 0 ? rankOfPacket(bytes, body + 4) : 'common';
    default:
      return 'rare';
  }
}

function rankOfFlags(flags: number): Rank {
  if (flags & tcpFlag.rst) return 'rare';
  return flags & (tcpFlag.syn | tcpFlag.fin) ? 'edge' : 'common';
}
