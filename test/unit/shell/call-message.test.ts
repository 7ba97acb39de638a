import { describe, expect, it } from 'vitest';
import { isCallMessage } from '../../../src-main/shell/call-message.ts';

describe('isCallMessage', () => {
  it.each([
    ['a call', { i: '1', p: { u: '/app/info', b: {} } }],
    ['the end of a call', { i: '1', t: 4 }],
  ])('takes %s', (_, message) => {
    expect(isCallMessage(JSON.stringify(message))).toBe(true);
  });

  it.each([
    ['no JSON', 'hello'],
    ['null', 'null'],
    ['an array', '[]'],
    ['a call without an address', '{"i":"1","p":{}}'],
    ['an absolute address', '{"i":"1","p":{"u":"http://elsewhere/"}}'],
    ['a name that is no text', '{"i":{},"p":{"u":"/app/info"}}'],
    ['headers', '{"i":"1","p":{"u":"/app/info","h":{"content-type":"text/event-stream"}}}'],
    ['a stream from the client', '{"i":"1","t":3,"p":{"e":"message"}}'],
    [
      'a message too long',
      JSON.stringify({ i: '1', p: { u: '/app/info', b: { json: 'x'.repeat(700_000) } } }),
    ],
    ['bytes', Buffer.from('{"i":"1","t":4}')],
    ['an object', { i: '1', t: 4 }],
  ])('refuses %s', (_, data) => {
    expect(isCallMessage(data)).toBe(false);
  });
});
