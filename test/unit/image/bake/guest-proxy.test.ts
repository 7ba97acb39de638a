import { describe, expect, it } from 'vitest';
import { guestProxy } from '../../../../src-main/image/bake/guest-proxy.ts';

describe('guestProxy', () => {
  it('is none where none is set', () => {
    expect(guestProxy({}, {})).toBeUndefined();
  });

  it.each([
    ['http://proxy.example:3128', 'http://proxy.example:3128'],
    ['http://127.0.0.1:3128', 'http://10.0.2.2:3128'],
    ['http://user:word@localhost:3128/', 'http://user:word@10.0.2.2:3128'],
    ['http://[::1]:3128', 'http://10.0.2.2:3128'],
  ])('says %s to the guest as %s', (proxy, seen) => {
    expect(guestProxy({ proxy }, {})?.proxy).toBe(seen);
  });

  it('takes what fetch.yaml says before the environment', () => {
    const env = { HTTP_PROXY: 'proxy.example:8080', NO_PROXY: '.example' };
    expect(guestProxy({}, env)).toEqual({ proxy: 'http://proxy.example:8080', noProxy: '.example' });
    expect(guestProxy({ proxy: 'http://other.example:1', noProxy: 'a' }, env)).toEqual({
      proxy: 'http://other.example:1',
      noProxy: 'a',
    });
  });
});
