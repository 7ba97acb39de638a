import { createLogUpdate } from 'log-update';
import type { IpvsChanges } from '../../contract/ipvs.ts';
import type { FollowedIpvs } from '../../ipvs/follow-ipvs.ts';
import { describeChanges, describeIpvs } from './describe-ipvs.ts';
import type { Output } from './output.ts';

interface IpvsView {
  readonly show: (read: FollowedIpvs, names: Readonly<Record<string, string>>) => void;
  readonly end: () => void;
}

/** The director's tables as they change: drawn in place on a terminal, else the whole once and then what changed. */
export function createIpvsView(
  output: Pick<Output, 'json' | 'emit' | 'print'>,
  stream: NodeJS.WriteStream,
): IpvsView {
  if (output.json) return { show: emitChanges(output), end: () => undefined };
  if (stream.isTTY) {
    const draw = createLogUpdate(stream);
    const show: IpvsView['show'] = ({ snapshot, changes }, names) => {
      // What does not fit the screen could not be drawn over.
      draw(describeIpvs(snapshot, names, { changes, most: stream.rows - 1 }));
    };
    return {
      show,
      end: () => {
        draw.done();
      },
    };
  }
  const show: IpvsView['show'] = ({ snapshot, changes }, names) => {
    const lines = changes ? describeChanges(changes) : [describeIpvs(snapshot, names)];
    const time = new Date(snapshot.readAt).toISOString().slice(11, 19);
    for (const line of lines) output.print(changes ? `${time} ${line}` : line);
  };
  return { show, end: () => undefined };
}

/** A line with the whole at first, then one for each row that changed. */
function emitChanges({ emit }: Pick<Output, 'emit'>): IpvsView['show'] {
  return ({ snapshot, changes }) => {
    if (!changes) emit({ event: 'snapshot', ...snapshot });
    const { readAt, countersAsOf } = snapshot;
    for (const [of, rows] of Object.entries(changes ?? {}) as [keyof IpvsChanges, IpvsChanges['servers']][]) {
      for (const row of rows) emit({ event: 'change', of, readAt, countersAsOf, ...row });
    }
  };
}
