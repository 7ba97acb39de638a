import { styleText } from 'node:util';
import type { ErrorInfo } from '../../contract/lab-error.ts';

/** An error as a person reads it in a terminal: what failed and where, why, what to do. */
export function describeError(error: ErrorInfo): string {
  const place = [error.node, error.step].filter(Boolean).join(', ');
  const lines = [`${styleText('red', '✗')} ${place ? `${place}: ` : ''}${error.message}`];
  if (error.why) lines.push(indent('why', error.why));
  if (error.remedy) lines.push(indent('do ', error.remedy));
  return lines.join('\n');
}

function indent(label: string, text: string): string {
  return `  ${styleText('dim', label)} ${text.replaceAll('\n', '\n      ')}`;
}
