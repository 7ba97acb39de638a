import { z } from 'zod';
import { stepOutputSchema } from './step-output.ts';

/** What a node says of itself, for a person to read. */
export const nodeStateSchema = z.object({
  node: z.string(),
  /** Milliseconds since 1970, by the host's clock. */
  at: z.number(),
  /** As `ip address`, `ip route` with all tables' rules, and `ip neighbour` print them. */
  addresses: z.string(),
  routes: z.string(),
  neighbours: z.string(),
  /** Those that matter for LVS; `wanted` is what the lab's mode asks for, null where it asks for nothing. */
  sysctls: z.array(z.object({ name: z.string(), value: z.string(), wanted: z.string().nullable() })),
  /** The services that matter, as systemd names their state: `active`, `inactive`, `failed`. */
  services: z.array(z.object({ name: z.string(), state: z.string() })),
  /** Sockets that listen. */
  listening: z.string(),
  /** `ipvsadm -Ln` of a director; null for others. */
  ipvs: z.string().nullable(),
  /** The last lines of the journal. */
  log: z.string(),
});
export type NodeState = z.infer<typeof nodeStateSchema>;

const size = { columns: z.int().min(2).max(1000), rows: z.int().min(1).max(500) };

/** That what a node serves with was stopped or started. */
export const nodeServiceSchema = z.object({
  node: z.string(),
  /** The systemd unit. */
  unit: z.string(),
  /** What was run on the node, and the same with what it said. */
  commands: z.array(z.string()),
  ran: z.array(stepOutputSchema),
});
export type NodeService = z.infer<typeof nodeServiceSchema>;

/** A shell on a node. */
const terminalRequestSchema = z.strictObject({ lab: z.string(), node: z.string(), ...size });
export type TerminalRequest = z.infer<typeof terminalRequestSchema>;
/** The same of one that is open already, by its id; without an id another is opened. */
export const terminalAskSchema = terminalRequestSchema.extend({ terminal: z.string().max(64).optional() });
export type TerminalAsk = z.infer<typeof terminalAskSchema>;

/** A shell that is open. */
export const openTerminalSchema = z.object({ id: z.string(), node: z.string() });
export type OpenTerminal = z.infer<typeof openTerminalSchema>;

/**
 * What a terminal's stream says: first its id, the newest of what the shell wrote until now and the size of the terminal
 * it wrote that for; then what the shell writes. It ends with the shell.
 */
export const terminalEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), id: z.string(), screen: z.string(), ...size }),
  z.object({ kind: z.literal('data'), text: z.string() }),
]);
export type TerminalEvent = z.infer<typeof terminalEventSchema>;

export const terminalInputSchema = z.strictObject({ id: z.string(), text: z.string().max(32_768) });
export const terminalSizeSchema = z.strictObject({ id: z.string(), ...size });

/** The virtual service on a port of this computer: what is sent there leaves from the lab's client. */
export const vipDoorSchema = z.object({ lab: z.string(), url: z.string() });
export type VipDoor = z.infer<typeof vipDoorSchema>;
