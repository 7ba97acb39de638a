import type { NodeState } from '../contract/nodes.ts';
import type { ByHandNotes } from '../lab/by-hand.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { readNodeState } from './node-state.ts';
import { createNowCore } from './now/now.ts';
import { createTerminals } from './terminals.ts';
import { createVipDoors } from './vip-doors.ts';

/** The machines, each by itself, beside whatever their lab's owner does. */
export function createNodesCore(context: LabContext, notes?: ByHandNotes) {
  const terminals = createTerminals(context, (lab, node) => void notes?.typed(lab, node));
  const doors = createVipDoors(context);
  const now = createNowCore(context, notes);
  return {
    now: now.follow,
    state: (lab: string, node: string, signal: AbortSignal): Promise<NodeState> =>
      readNodeState(context, lab, node, signal),
    terminals: terminals.list,
    terminal: terminals.open,
    type: terminals.type,
    resize: terminals.resize,
    hangUp: terminals.hangUp,
    openVip: doors.open,
    closeVip: doors.close,
    /** Ends all doors and terminals. */
    async close(): Promise<void> {
      await Promise.all([terminals.close(), doors.closeAll()]);
    },
  };
}
