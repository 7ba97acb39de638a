import { lingerRemark } from '../../lab/linger.ts';
import type { Act } from './act.ts';

/** Says what a logout does to a lab that is kept, where it would not stay as it is. */
export function noteLinger({ context, output }: Pick<Act, 'context' | 'output'>): void {
  const remark = lingerRemark(context.connection);
  if (remark === undefined) return;
  output.emit({ event: 'linger-off', remark });
  output.note(remark);
}
