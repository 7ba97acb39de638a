import type { ControlRequest } from '../contract/lab-control.ts';
import { serveControl } from './control-server.ts';
import { explainFailure } from './explain-node.ts';
import { capturePiece } from './frames/capture-piece.ts';
import { keepInJournal } from './journal.ts';
import type { WorkOptions } from './lab-context.ts';
import { labFolder } from './lab-record.ts';
import type { OwnedLab } from './owned-lab.ts';
import { takeLab } from './under-way.ts';
import { changeService } from './verbs/change-service.ts';
import { findFacts } from './verbs/find-facts.ts';
import { findLabDrift } from './verbs/find-lab-drift.ts';
import { impairCable, moveCable } from './verbs/cables.ts';
import { forgetArp } from './verbs/forget-arp.ts';
import { healthDrill } from './verbs/health-drill.ts';
import { loadLab } from './verbs/load-lab.ts';
import { mendNode } from './verbs/mend.ts';
import { nodeService } from './verbs/node-service.ts';
import { observeLab } from './verbs/observe.ts';
import { restartNode, startNode, stopNode } from './verbs/node-verbs.ts';
import { readFrame, readFrames } from './verbs/read-frames.ts';
import { resetLab } from './verbs/reset.ts';
import { resumeLab } from './verbs/resume.ts';
import { suspendLab } from './verbs/suspend.ts';
import { switchMode } from './verbs/switch-mode.ts';
import { switchUnderLoad } from './verbs/switch-under-load.ts';
import { watchWire } from './verbs/watch-wire.ts';

type RequestOf<Verb extends ControlRequest['verb']> = Extract<ControlRequest, { verb: Verb }>;

/** What the owner does for each verb. */
const handlers: {
  readonly [Verb in ControlRequest['verb']]: (
    lab: OwnedLab,
    request: RequestOf<Verb>,
    work: WorkOptions,
  ) => Promise<unknown>;
} = {
  describe: async ({ record: { state } }) => ({ pid: process.pid, state }),
  // What is done after the answer: see `serveLab`.
  release: async () => undefined,
  suspend: (lab, _, work) => suspendLab(lab, work),
  resume: (lab, _, work) => resumeLab(lab, work),
  reset: resetLab,
  switch: (lab, { mode, underLoad, holders }, work) =>
    (underLoad ? switchUnderLoad : switchMode)(lab, { mode, holders }, work),
  drift: (lab, _, work) => findLabDrift(lab, work),
  mend: mendNode,
  forgetArp: (lab, _, work) => forgetArp(lab, work),
  observe: (lab, { requests }, work) => observeLab(lab, requests, work),
  impair: (lab, request) => impairCable(lab, request, request.impairment),
  moveCable: (lab, request) => moveCable(lab, request, request.segment),
  stopNode,
  startNode,
  restartNode,
  nodeService,
  healthDrill,
  service: (lab, { changes }, work) => changeService(lab, changes, work),
  load: (lab, { load }, work) => loadLab(lab, load, work),
  watch: (lab, _, work) => watchWire(lab, work),
  frames: (lab, { query }) => readFrames(lab, query),
  frame: (lab, request) => readFrame(lab, request),
  facts: (lab, _, work) => findFacts(lab, work),
  capture: (lab, { from }) => capturePiece(lab, from),
};

/** What only looks, and may be asked beside anything else. */
const looks: readonly ControlRequest['verb'][] = [
  'describe',
  'release',
  'watch',
  'frames',
  'frame',
  'capture',
  'facts',
];

/**
 * Carries out what was asked of a lab by the one who owns it: one verb at a time, but for those that only look and what
 * may be done beside a load; and keeps in the lab's journal what changed or measured it.
 * @throws LabError `lab-busy` while another verb is under way; what the verb throws.
 */
export async function handleRequest(
  lab: OwnedLab,
  request: ControlRequest,
  work: WorkOptions,
): Promise<unknown> {
  const handle = handlers[request.verb] as (
    lab: OwnedLab,
    request: ControlRequest,
    work: WorkOptions,
  ) => Promise<unknown>;
  const act = async (options: WorkOptions) => {
    try {
      return await handle(lab, request, options);
    } catch (error) {
      throw await explainFailure(lab, error);
    }
  };
  if (looks.includes(request.verb)) return act(work);
  const giveBack = takeLab(lab, request.verb);
  try {
    if (request.verb === 'drift') return await act(work);
    return (await keepInJournal(lab, request, work, act)).result;
  } finally {
    giveBack();
  }
}

/** Other processes' way to a lab that this one owns. */
export interface OwnerService extends AsyncDisposable {
  /** Resolves once the lab was suspended, and needs no owner, or another process asked to have it. */
  readonly released: Promise<void>;
}

/** Listens for verbs from other processes. */
export async function serveLab(lab: OwnedLab): Promise<OwnerService> {
  const { promise: released, resolve } = Promise.withResolvers<undefined>();
  const { name } = lab.record.plan;
  const control = await serveControl(labFolder(lab.context.dataFolder, name), async (request, work) => {
    try {
      return await handleRequest(lab, request, work);
    } finally {
      const isSuspended = lab.record.state === 'suspended' && !looks.includes(request.verb);
      if (isSuspended || request.verb === 'release') resolve(undefined);
    }
  });
  return { released, [Symbol.asyncDispose]: () => control[Symbol.asyncDispose]() };
}
