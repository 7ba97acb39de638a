import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

/** An SSH key pair as OpenSSH's own files hold it. */
export interface SshKeyPair {
  /** `-----BEGIN OPENSSH PRIVATE KEY-----…`, without a passphrase. */
  readonly privateKey: string;
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly publicKey: string;
}

const KEY_TYPE = 'ssh-ed25519';

/** Makes an Ed25519 key pair. The private key's form is described in OpenSSH's PROTOCOL.key. */
export function generateSshKeyPair(comment: string): SshKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const [seed, point] = [rawKey(privateKey, 'd'), rawKey(publicKey, 'x')];
  const publicBlob = Buffer.concat([field(KEY_TYPE), field(point)]);
  // The same number twice: by it a reader knows that a passphrase was right.
  const check = randomBytes(4);
  const secret = [check, check, publicBlob, field(Buffer.concat([seed, point])), field(comment)];
  const blob = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...[field('none'), field('none'), field('')],
    uint32(1),
    field(publicBlob),
    field(padded(Buffer.concat(secret))),
  ]);
  const lines = blob.toString('base64').match(/.{1,70}/g) ?? [];
  return {
    privateKey: [
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      ...lines,
      '-----END OPENSSH PRIVATE KEY-----',
      '',
    ].join('\n'),
    publicKey: `${KEY_TYPE} ${publicBlob.toString('base64')}`,
  };
}

function rawKey(key: KeyObject, part: 'd' | 'x'): Buffer {
  return Buffer.from(key.export({ format: 'jwk' })[part] ?? '', 'base64url');
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function field(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** Filled up with 1, 2, 3 … to the block size of no cipher, 8. */
function padded(content: Buffer): Buffer {
  const missing = (8 - (content.length % 8)) % 8;
  return Buffer.concat([content, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))]);
}
