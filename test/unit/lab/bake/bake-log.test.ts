import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBakeLog } from '../../../../src-main/lab/bake/bake-log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lvslab-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('openBakeLog', () => {
  it('keeps what is said apart from what was printed, however that came', async () => {
    const file = path.join(folder, 'bake.log');
    {
      await using log = openBakeLog(file);
      log.say('First');
      log.quote('one\ntw');
      log.quote(Buffer.from('o\r\nthree'));
      log.say('Second');
      log.quote('four\n');
      log.quote('five');
    }
    const text = (await readFile(file, 'utf8')).replaceAll(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /gm, '@');
    expect(text).toBe('@First\n    one\n    two\n    three\n@Second\n    four\n    five\n');
  });

  it('begins anew over an older one, and does not fail where it cannot be written', async () => {
    const file = path.join(folder, 'bake.log');
    for (const words of ['a longer story', 'a']) {
      await using log = openBakeLog(file);
      log.say(words);
    }
    expect(await readFile(file, 'utf8')).toMatch(/^\S+ a\n$/);
    await using nowhere = openBakeLog(path.join(folder, 'missing', 'bake.log'));
    nowhere.say('unheard');
  });
});
