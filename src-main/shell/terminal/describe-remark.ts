import { styleText } from 'node:util';
import type { LabRemark } from '../../lab/lab-remarks.ts';

/** A remark on a lab as a person reads it: what is so, and what mends it. */
export function describeRemark({ lab, what, remedy }: LabRemark): string {
  return `\n${styleText('yellow', '!')} ${lab}: ${what}.\n    ${remedy}`;
}
