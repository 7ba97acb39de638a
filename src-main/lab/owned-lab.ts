import { toErrorInfo } from '../contract/lab-error.ts';
import { connectGuest } from '../guest/connect-guest.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import type { LabLock } from './lab-lock.ts';
import { writeRecord, type LabRecord } from './lab-record.ts';
import { demandVerb, transitions, type LabState, type LabVerb } from './lab-states.ts';
import { demandWorks } from './explain-node.ts';
import type { Cables } from './plug-cables.ts';
import { weighProgress } from './weigh-progress.ts';

/** A lab whose lock and switch this process has: only it changes the lab. */
export interface OwnedLab {
  readonly context: LabContext;
  readonly lock: LabLock;
  readonly cables: Cables;
  /** To the nodes that were reached so far. */
  readonly sessions: Map<string, GuestSession>;
  /** As it is on disk. */
  record: LabRecord;
}

/** Changes a lab's record, on disk and here. */
export async function saveRecord(lab: OwnedLab, changes: Partial<LabRecord>): Promise<void> {
  const record = { ...lab.record, ...changes };
  await writeRecord(lab.context.dataFolder, record);
  lab.record = record;
}

/**
 * Carries out a verb: from one state by way of others to the next, with the record telling at each moment what is under
 * way. When it fails or is cancelled the lab is where `transitions` has it then, and the failure is thrown on.
 * @throws LabError `bad-input` when the verb does not begin in the lab's state; nothing is changed then.
 */
export async function carryOut(
  lab: OwnedLab,
  verb: LabVerb,
  work: WorkOptions,
  act: (enter: (state: LabState) => Promise<void>, work: WorkOptions) => Promise<void>,
): Promise<void> {
  const { plan, state } = lab.record;
  demandVerb(plan.name, state, verb);
  const { through, to, otherwise = 'failed', weights } = transitions[verb];
  const enter = (next: LabState) => saveRecord(lab, { state: next, verb });
  if (through[0]) await enter(through[0]);
  try {
    const onProgress = weighProgress(work.onProgress, weights, plan.nodes.length);
    await act(enter, { ...work, onProgress });
    await saveRecord(lab, { state: to, verb: null, failure: null });
  } catch (error) {
    // That the record cannot be written, on a full disk for one, must not hide why.
    await saveRecord(lab, { state: otherwise, verb: null, failure: toErrorInfo(error) }).catch(
      () => undefined,
    );
    throw error;
  }
}

/**
 * The session of a node, made when there is none.
 * @throws LabError `guest-unreachable`, within 60 s; at once for a machine that is paused, crashed or off, naming that.
 */
export async function sessionTo(lab: OwnedLab, node: NodePlan, signal: AbortSignal): Promise<GuestSession> {
  const { name, sshPort } = node;
  const known = lab.sessions.get(name);
  if (known) return known;
  await demandWorks(lab, node);
  const { access, hostKeys } = lab.record;
  const session = await connectGuest({
    node: name,
    host: '127.0.0.1',
    port: sshPort,
    user: access.user,
    privateKeyPath: access.keyPath,
    hostKey: hostKeys[name] ?? '',
    timeout: 60_000,
    signal,
  });
  lab.sessions.set(name, session);
  return session;
}

/** Closes the session of one node, or of all. */
export async function closeSessions(lab: Pick<OwnedLab, 'sessions'>, node?: string): Promise<void> {
  const closing = [...lab.sessions].filter(([name]) => node === undefined || name === node);
  for (const [name] of closing) lab.sessions.delete(name);
  await Promise.all(closing.map(([, session]) => session.close()));
}

/** Leaves a lab as it is: another process may take it. */
export async function letGo(lab: OwnedLab): Promise<void> {
  await closeSessions(lab);
  try {
    // Until another process signs the record nobody owns the lab.
    await saveRecord(lab, { owner: { ...lab.record.owner, startTime: 'let go' } });
  } finally {
    // Also where the record cannot be written, or its folder is gone: else this process would hold the lab for ever.
    await lab.cables[Symbol.asyncDispose]();
    await lab.lock.release();
  }
}
