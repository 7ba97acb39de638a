import { z } from 'zod';
import { forwardingSchema, serviceSettingsSchema } from './ipvs.ts';

// What a load's scheduling is judged by: the director's table before its first request, and what passed the director then.

/** A real server's entry in the director's table, by address and port. */
export const directorServerSchema = z.object({
  /** `RIP:port`, as ipvsadm prints it. */
  address: z.string(),
  /** The machine's name; the address where no machine of the lab is known to have it. */
  machine: z.string(),
  /** What the entry is called: the machine, with the port where it has several entries. */
  name: z.string(),
  forwarding: forwardingSchema,
  weight: z.number(),
  /** ActiveConn, InActConn and PersistConn of ipvsadm(8); the last is null where it was not read. */
  active: z.number(),
  inactive: z.number(),
  persistent: z.number().nullable(),
  /** Thresholds of `ipvsadm -x` and `-y`; 0 is none. */
  upper: z.number(),
  lower: z.number(),
});

/**
 * How frames come to the director by what impairs the lab's cables. `in-order`: as the record has them. `late`: each
 * client's in their order, but later than on record, or not at all. `mixed`: they may overtake each other.
 */
export const transitSchema = z.enum(['in-order', 'late', 'mixed']);
export type Transit = z.infer<typeof transitSchema>;

/** The director as it stood before a load's first request. */
export const directorStateSchema = serviceSettingsSchema.extend({
  /** In the order in which the scheduler walks them (`ipvsadm -Ln --nosort`). */
  servers: z.array(directorServerSchema),
  /** `ipvsadm -Lnc`, of the service. */
  connections: z.array(
    z.object({
      /** `address:port`; port 0 for a persistence template. */
      client: z.string(),
      virtual: z.string(),
      state: z.string(),
      expireSeconds: z.number(),
      destination: z.string(),
    }),
  ),
  /** There were more connections than were read. */
  connectionsCut: z.boolean(),
  /** Sysctls of net.ipv4.vs; null where the kernel has none of the name. */
  sysctls: z.object({
    connReuseMode: z.number().nullable(),
    expireNodestConn: z.number().nullable(),
    expireQuiescentTemplate: z.number().nullable(),
    conntrack: z.number().nullable(),
    dropEntry: z.number().nullable(),
    dropPacket: z.number().nullable(),
    secureTcp: z.number().nullable(),
  }),
  /** The machines of the lab by the addresses of their network interfaces. */
  machines: z.record(z.string(), z.string()),
  transit: transitSchema,
  /** Milliseconds that reading it took: it was so at some moment within them. */
  readMs: z.number(),
  /** Seconds that idle connections are kept (`ipvsadm -L --timeout`). */
  timeouts: z.object({ tcp: z.number(), tcpFin: z.number() }),
  /** /proc/version: Debian tells the stable release there alone. */
  kernel: z.string(),
});
export type DirectorState = z.infer<typeof directorStateSchema>;

/**
 * What happened at the director.
 * `syn`: a client's SYN came; `syn-again`: the same once more. `ack`, `fin`, `rst`: the first such packet of a connection.
 * `out-syn`, `out-fin`, `out-rst`: a reply came that is to pass the director (NAT), the first of its kind.
 * `handed`: the director sent a client's SYN on, to `to`. `refused`: it told the client "port unreachable" itself, as ip_vs
 * does; `reset`: it answered by an RST itself, as ip_vs never does.
 * `changed`: the director's table was found to be another when the load had ended. `lost`: the record misses frames from
 * here on.
 */
export const directorEventKindSchema = z.enum([
  'syn',
  'syn-again',
  'ack',
  'fin',
  'rst',
  'out-syn',
  'out-fin',
  'out-rst',
  'handed',
  'refused',
  'reset',
  'changed',
  'lost',
]);
export type DirectorEventKind = z.infer<typeof directorEventKindSchema>;

/** `to` of an event: the director kept the connection for itself, as ipvsadm's Local entries have it. */
export const localEntry = 'local';

/** One event. `atMs` counts from when the director's table had been read. */
export interface DirectorEvent {
  readonly atMs: number;
  readonly kind: DirectorEventKind;
  /** `address:port`. */
  readonly client: string;
  /**
   * Of `handed`: `RIP:port` where the packet names it (NAT and tunnels); the machine's name where its MAC address alone
   * tells (direct routing); `local` where the director kept it for itself. Of `syn` and `syn-again`: the `VIP:port` that was
   * asked for. Null for all others.
   */
  readonly to: string | null;
}

/** Events as rows, in the order in which the director met them: a line of the file that keeps them. */
export const directorEventRowsSchema = z.array(
  z.tuple([z.number(), directorEventKindSchema, z.string(), z.string().nullable()]),
);
export type DirectorEventRows = z.infer<typeof directorEventRowsSchema>;

/** What a load's scheduling is judged by, read again. */
export interface DirectorLog {
  readonly state: DirectorState;
  readonly events: AsyncIterable<readonly DirectorEvent[]>;
}
