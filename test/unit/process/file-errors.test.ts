import { describe, expect, it } from 'vitest';
import { isForbidden, isMissing, throwIfForbidden } from '../../../src-main/process/file-errors.ts';

const failure = (code: string) => Object.assign(new Error(`${code}: no`), { code });

describe('a file that cannot be read', () => {
  it('is missing, or may not be read: these are told apart', () => {
    expect([isMissing(failure('ENOENT')), isForbidden(failure('ENOENT'))]).toEqual([true, false]);
    expect([isMissing(failure('ENOTDIR')), isForbidden(failure('ENOTDIR'))]).toEqual([true, false]);
    for (const code of ['EACCES', 'EPERM'])
      expect([isMissing(failure(code)), isForbidden(failure(code))]).toEqual([false, true]);
    expect([isMissing('x'), isForbidden(undefined)]).toEqual([false, false]);
  });

  it('is told of where this user may not read it, and passed over otherwise', () => {
    expect(() => {
      throwIfForbidden(failure('EACCES'), 'The record');
    }).toThrow(expect.objectContaining({ code: 'command-failed', message: 'The record cannot be read.' }));
    throwIfForbidden(failure('ENOENT'), 'The record');
  });
});
