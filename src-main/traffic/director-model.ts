import type { DirectorState } from '../contract/director-log.ts';
import type { ModelConnection, ModelService, ModelSettings } from '../ipvs/model/types.ts';

/** What a director's state is to a model of its scheduler. Times count from when the state was read. */
export function modelOf(state: DirectorState): {
  service: ModelService;
  connections: readonly ModelConnection[];
  settings: ModelSettings;
} {
  const { sysctls, timeouts, kernel, connections, readMs } = state;
  return {
    service: state,
    connections,
    settings: {
      connReuseMode: sysctls.connReuseMode,
      expireNodestConn: sysctls.expireNodestConn,
      expireQuiescentTemplate: sysctls.expireQuiescentTemplate,
      conntrack: sysctls.conntrack,
      tcpTimeouts: { established: timeouts.tcp, finWait: timeouts.tcpFin },
      defence: {
        dropEntry: sysctls.dropEntry ?? 0,
        dropPacket: sysctls.dropPacket ?? 0,
        secureTcp: sysctls.secureTcp ?? 0,
      },
      kernel,
      read: { from: -readMs, to: 0 },
    },
  };
}
