import type { ControlRequest } from '../contract/lab-control.ts';
import { LabError } from '../contract/lab-error.ts';
import { serveControl } from './control-server.ts';
import type { WorkOptions } from './lab-context.ts';
import { labFolder } from './lab-record.ts';
import type { OwnedLab } from './owned-lab.ts';
import { restartNode, startNode, stopNode } from './verbs/node-verbs.ts';
import { resetLab } from './verbs/reset.ts';
import { resumeLab } from './verbs/resume.ts';
import { suspendLab } from './verbs/suspend.ts';

/** Carries out what was asked of a lab by the one who owns it. */
export async function handleRequest(
  lab: OwnedLab,
  request: ControlRequest,
  work: WorkOptions,
): Promise<unknown> {
  switch (request.verb) {
    case 'describe':
      return { pid: process.pid, state: lab.record.state };
    case 'suspend':
      return suspendLab(lab, work);
    case 'resume':
      return resumeLab(lab, work);
    case 'reset':
      return resetLab(lab, request, work);
    case 'stopNode':
      return stopNode(lab, request, work);
    case 'startNode':
      return startNode(lab, request.node, work);
    case 'restartNode':
      return restartNode(lab, request.node, work);
  }
}

/** Other processes' way to a lab that this one owns. */
export interface OwnerService extends AsyncDisposable {
  /** Resolves once the lab was suspended: it needs no owner then. */
  readonly suspended: Promise<void>;
}

/** Listens for verbs from other processes, one at a time: a second is refused while the first is under way. */
export async function serveLab(lab: OwnedLab): Promise<OwnerService> {
  const { promise: suspended, resolve } = Promise.withResolvers<undefined>();
  let busy: string | undefined;
  const { name } = lab.record.plan;
  const control = await serveControl(labFolder(lab.context.dataFolder, name), async (request, work) => {
    if (request.verb === 'describe') return handleRequest(lab, request, work);
    if (busy !== undefined) {
      throw new LabError('lab-busy', `The lab '${name}' is busy: '${busy}' is under way.`, {
        remedy: 'Wait until that has ended.',
      });
    }
    busy = request.verb;
    try {
      return await handleRequest(lab, request, work);
    } finally {
      busy = undefined;
      if (lab.record.state === 'suspended') resolve(undefined);
    }
  });
  return { suspended, [Symbol.asyncDispose]: () => control[Symbol.asyncDispose]() };
}
