import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { generateSshKeyPair } from '../../../src-main/image/ssh-keys.ts';

interface Key {
  readonly type: string;
  readonly comment: string;
  getPublicSSH(): Buffer;
  sign(data: string): Buffer;
  verify(data: string, signature: Buffer): boolean;
}

// ssh2 is what opens the sessions, so it is what must read the keys; node-ssh brings it.
const requireFromNodeSsh = createRequire(createRequire(import.meta.url).resolve('node-ssh'));
const { utils } = requireFromNodeSsh('ssh2') as { utils: { parseKey(text: string): Key | Error } };

function parse(text: string): Key {
  const parsed = utils.parseKey(text);
  if (parsed instanceof Error) throw parsed;
  return parsed;
}

describe('generateSshKeyPair', () => {
  // The private key's padding depends on the comment's length.
  it.each(['', 'a', 'lvslab', 'lvslab guest', '12345678'])(
    'makes a pair that ssh2 reads (comment %j)',
    (comment) => {
      const pair = generateSshKeyPair(comment);
      const secret = parse(pair.privateKey);
      const open = parse(pair.publicKey);
      expect(secret.comment).toBe(comment);
      expect(secret.getPublicSSH()).toEqual(open.getPublicSSH());
      expect(open.verify('message', secret.sign('message'))).toBe(true);
    },
  );

  it('makes another pair each time', () => {
    expect(generateSshKeyPair('x').publicKey).not.toBe(generateSshKeyPair('x').publicKey);
  });
});
