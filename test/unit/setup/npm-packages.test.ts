import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownNode, packagesAreCurrent } from '../../../resources/setup/npm-packages.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'lvslab-packages-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function lay(file: string, packages: object) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), JSON.stringify({ packages }));
}

const locked = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/for-windows': { version: '3.0.0', optional: true },
};

function layInstalled(packages: object) {
  lay('package-lock.json', locked);
  lay('node_modules/.package-lock.json', packages);
  lay(path.relative(root, ownNode(root)), {});
}

describe('packagesAreCurrent', () => {
  it('is true when all but optional packages are there', () => {
    layInstalled({ 'node_modules/a': { version: '1.0.0' } });
    expect(packagesAreCurrent(root)).toBe(true);
  });

  it.each([
    ['a package is of another version', { 'node_modules/a': { version: '1.0.1' } }],
    ['a package is missing', {}],
    [
      'an optional package is of another version',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/for-windows': { version: '2.0.0' } },
    ],
  ])('is false when %s', (_case, installed) => {
    layInstalled(installed);
    expect(packagesAreCurrent(root)).toBe(false);
  });

  it('is false on a fresh checkout', () => {
    lay('package-lock.json', locked);
    expect(packagesAreCurrent(root)).toBe(false);
  });

  it('is false when Node itself did not arrive', () => {
    layInstalled({ 'node_modules/a': { version: '1.0.0' } });
    rmSync(ownNode(root));
    expect(packagesAreCurrent(root)).toBe(false);
  });
});
