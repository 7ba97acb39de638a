import { expect, it } from 'vitest';
import { isOwnPage, isVipDoor } from '../../../../src-main/shell/electron/page-origin.ts';

it.each([
  ['app://lvslab/', true],
  ['app://lvslab/#/compare', true],
  ['app://lvslab.example/', false],
  ['https://lvslab/', false],
  ['about:blank', false],
])('tells whether %s is the own page', (address, own) => {
  expect(isOwnPage(address)).toBe(own);
});

it.each([
  ['http://127.0.0.1:40080/', true],
  ['http://127.0.0.1/', false],
  ['https://127.0.0.1:40080/', false],
  ['http://127.0.0.1.example:80/', false],
  ['http://127.0.0.1:40080@example.org/', false],
  ['http://user@127.0.0.1:40080/', false],
  ['http://localhost:40080/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['', false],
])("tells whether %s may be opened in the user's browser", (address, may) => {
  expect(isVipDoor(address)).toBe(may);
});
