import type { Checker, DoctorContext, Finding } from '../../../src-main/diagnostics/checker.ts';

/** A host on which there is nothing; a test gives what it is about. */
export function fakeContext(parts: Partial<DoctorContext> = {}): DoctorContext {
  return {
    dataFolder: '/nowhere',
    connection: { uri: 'test:///default', env: {} },
    portRange: { first: 20000, last: 20099 },
    findImage: () => Promise.resolve(undefined),
    ensureImage: () => Promise.reject(new Error('not in this test')),
    ...parts,
  };
}

/** A checker that finds what it is told. */
export function fakeChecker(
  id: string,
  finding: Finding | (() => Promise<Finding>),
  fix?: Checker['fix'],
): Checker {
  const check = typeof finding === 'function' ? finding : () => Promise.resolve(finding);
  return { id, title: id.toUpperCase(), why: `Why ${id}.`, check, ...(fix && { fix }) };
}

export const fine: Finding = { status: 'ok', what: 'Fine.' };
