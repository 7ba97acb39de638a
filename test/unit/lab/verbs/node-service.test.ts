import { describe, expect, it } from 'vitest';
import { embeddedGuest } from '../../../../src-main/plan/lab-plan.ts';
import { serviceUnitOf } from '../../../../src-main/lab/verbs/node-service.ts';

describe('serviceUnitOf', () => {
  const unit = (role: 'director' | 'real-server' | 'client', options: Record<string, string>) =>
    serviceUnitOf({ guest: embeddedGuest, options }, { role });

  it('is the web server that the lab’s recipe starts', () => {
    expect(unit('real-server', {})).toBe('nginx');
    expect(unit('real-server', { webServer: 'apache' })).toBe('apache2');
  });

  it('is what checks the real servers on a director, where something does', () => {
    expect(unit('director', { health: 'keepalived' })).toBe('keepalived');
    expect(unit('director', { health: 'loop' })).toBe('lvs-health');
    expect(unit('director', { health: 'none' })).toBeUndefined();
    expect(unit('client', { health: 'loop' })).toBeUndefined();
  });
});
