import { styleText } from 'node:util';
import type { Explanation, JudgedClaim, Remark, VipClaim } from '../../contract/evidence.ts';
import type { Observation } from '../../contract/observation.ts';
import { table } from './table.ts';

/** Claims and what explains the refuted ones, as a person reads them. */
export function describeClaims({
  claims,
  explanations,
  remarks,
}: Pick<Observation, 'claims' | 'explanations' | 'remarks'>): string {
  const titles = new Map(claims.map(({ id, title }) => [id, title.text]));
  const nameOf = (id: JudgedClaim['id']) => titles.get(id) ?? id;
  return [
    '',
    ...claims.flatMap((claim) => describeClaim(claim, nameOf)),
    '',
    ...explanations.flatMap((explanation) => describeExplanation(explanation, nameOf)),
    ...remarks.flatMap(describeRemark),
  ].join('\n');
}

type NameOf = (id: JudgedClaim['id']) => string;

const marks = {
  proved: styleText('green', '✓'),
  refuted: styleText('red', '✗'),
  'not-shown': styleText('dim', '–'),
};

function describeClaim({ verdict, title, why, frames, because }: JudgedClaim, nameOf: NameOf): string[] {
  const follows = because.map(nameOf).join('; ');
  return [
    `  ${marks[verdict]} ${styleText('bold', title.text)}`,
    `    ${why.text}`,
    ...(frames.length > 0 ? [`    ${styleText('dim', `frames ${frames.join(', ')}`)}`] : []),
    ...(verdict === 'refuted' && because.length > 0 ? [`    It follows from: ${follows}.`] : []),
  ];
}

function describeExplanation({ cause, remedy, certain, explains }: Explanation, nameOf: NameOf): string[] {
  const head = certain ? 'Cause' : 'Likely cause';
  return [
    `  ${styleText('bold', `${head}:`)} ${cause.text}`,
    `    ${remedy.text}`,
    `    ${styleText('dim', `It explains: ${explains.map(nameOf).join('; ')}.`)}`,
    '',
  ];
}

function describeRemark({ words, advice }: Remark): string[] {
  return [
    `  ${styleText('bold', 'Remark:')} ${words.text}`,
    ...(advice === null ? [] : [`    ${advice.text}`]),
    '',
  ];
}

const kinds: Readonly<Record<VipClaim['kind'], string>> = {
  reply: 'answered who has the VIP',
  announcement: 'announced the VIP',
  question: 'asked in the name of the VIP',
};

/** Who claimed the VIP when. */
export function describeVipClaims(claims: readonly VipClaim[]): string {
  const rows = claims.map(({ sequence, time, segment, node, mac, kind }) => [
    (time / 1e9).toFixed(3),
    String(sequence),
    segment ?? 'none',
    node,
    mac,
    kinds[kind],
  ]);
  return table(['s', 'frame', 'segment', 'node', 'MAC', 'what it did'], rows);
}
