import { KernelReplay } from './kernel-replay.ts';
import { unknownPrediction } from './predict.ts';
import { readService } from './service.ts';
import type { ModelConnection, ModelService, ModelSettings, Replay, UnknownReason } from './types.ts';

/**
 * Follows what the director does with a service from a known table on, as Linux 6.1 does (net/netfilter/ipvs), in every
 * hidden state that agrees with what was seen: where rr and wrr stand, what lblc and lblcr have bound, which servers are
 * above their thresholds, what has expired, which kernel it is.
 */
export function createReplay(
  service: ModelService,
  connections: readonly ModelConnection[],
  settings: ModelSettings,
): Replay {
  const read = readService(service, settings);
  return typeof read === 'string' ? unknownReplay(read) : new KernelReplay(read, connections, settings);
}

function unknownReplay(unknown: UnknownReason): Replay {
  return {
    unknown,
    packetIn: (_at, _client, { syn }) => (syn ? unknownPrediction(unknown) : undefined),
    packetOut: () => undefined,
    picked: () => true,
  };
}
