import { expect, it } from 'vitest';
import { createReplyReader } from '../../../src-main/desk/vip-door-reply.ts';

const reply = 'HTTP/1.1 200 OK\r\nServer: nginx\r\ncontent-length: 4\r\n\r\nrs1\n';

function pushed(...pieces: string[]): boolean[] {
  const reader = createReplyReader();
  return pieces.map((piece) => reader.push(Buffer.from(piece)));
}

it('calls a reply whole with its last byte, however it is cut', () => {
  expect(pushed(reply)).toEqual([true]);
  expect(pushed(...reply.split(''))).toEqual([
    ...Array.from({ length: reply.length - 1 }, () => false),
    true,
  ]);
  expect(pushed(reply, reply.slice(0, -2), '1\n')).toEqual([true, false, true]);
  expect(pushed(reply + reply)).toEqual([true]);
  expect(pushed(reply + reply.slice(0, 3))).toEqual([false]);
});

it('knows replies that have no body', () => {
  expect(pushed('HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n', reply)).toEqual([true, true]);
  expect(pushed('HTTP/1.1 204 No Content\r\n\r\n')).toEqual([true]);
});

it.each([
  ['of unknown length', 'HTTP/1.1 200 OK\r\n\r\nrs1\n'],
  ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['that only announces another', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['of something else than a web server', 'SSH-2.0-x\r\n\r\n'],
])('gives up at a reply %s', (_what, first) => {
  expect(pushed(first, reply)).toEqual([false, false]);
});

it('does not gather a head without end', () => {
  expect(pushed('x'.repeat(20_000), '\r\n\r\n', reply)).toEqual([false, false, false]);
});
