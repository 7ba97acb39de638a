import type { NodeAccess } from '../contract/lab-result.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import type { LabRecord } from './lab-record.ts';
import type { OwnedLab } from './owned-lab.ts';

/** A lab that this process started. */
export interface RunningLab extends OwnedLab {
  readonly timings: { readonly bootMs: number; readonly recipeMs: number };
  /** Ends everything: sessions, capture, machines, files. */
  takeDown(): Promise<void>;
  /** Lets go of the lab, which goes on without a switch until another process holds it. */
  letGo(): Promise<void>;
}

/** The session of one node, which a running lab always has. */
export function sessionOf(lab: Pick<OwnedLab, 'sessions'>, node: string): GuestSession {
  const session = lab.sessions.get(node);
  if (!session) throw new Error(`No session to ${node}.`);
  return session;
}

/** The first node of a role; templates are validated to have a director and a client. */
export function nodeOfRole({ record }: Pick<OwnedLab, 'record'>, role: NodePlan['role']): NodePlan {
  const node = record.plan.nodes.find((candidate) => candidate.role === role);
  if (!node) throw new Error(`No node is a ${role}.`);
  return node;
}

/** How each node is reached, for people and programs outside. */
export function nodeAccess({ plan, access, hostKeys }: LabRecord): NodeAccess[] {
  return plan.nodes.map(({ name, role, sshPort, nics }) => ({
    name,
    role,
    ssh: { host: '127.0.0.1', port: sshPort, ...access, hostKey: hostKeys[name] ?? '' },
    nics: nics.map(({ segment, mac, address }) => ({ segment, mac, ip: address?.split('/')[0] ?? null })),
  }));
}
