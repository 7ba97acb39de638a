import { describe, expect, it } from 'vitest';
import { readSystem, readTraits } from '../../../src-main/family/read-traits.ts';
import { probed } from './families.ts';

const stream = probed['rhel-9-network-manager'] ?? '';
const debian = probed['debian-12-networkd'] ?? '';

function without(output: string, key: string): string {
  return output
    .split('\n')
    .filter((line) => !line.startsWith(`${key}=`))
    .join('\n');
}

describe('readTraits', () => {
  it('tells a family by its package manager, and its web servers by their units', () => {
    expect(readTraits(stream)).toMatchObject({
      family: 'rhel',
      packages: 'dnf',
      selinux: 'enforcing',
      apache: { service: 'httpd', folder: '/etc/httpd/conf.d' },
      webRoot: '/var/www/html',
    });
    expect(readTraits(debian)).toMatchObject({ family: 'debian', packages: 'apt', selinux: 'off' });
  });

  it('takes no helper of ip_vs for a scheduler', () => {
    expect(readTraits(debian).schedulers).toEqual(['fo', 'rr', 'wrr']);
  });

  it('names a web server that is not there as its family would', () => {
    expect(readTraits(without(without(stream, 'apache'), 'apacheFolder')).apache).toEqual({
      service: 'httpd',
      folder: '/etc/httpd/conf.d',
    });
  });

  it.each([
    ['scheduler', /no module of an ip_vs scheduler for the kernel 5\.14/],
    ['packages', /none of apt-get, dnf and yum/],
    ['network', /None of NetworkManager/],
  ])('refuses a guest without any %s', (key, why) => {
    expect(() => readTraits(without(stream, key))).toThrow(
      expect.objectContaining({
        code: 'guest-command-failed',
        details: expect.objectContaining({ why: expect.stringMatching(why) as string }) as object,
      }),
    );
  });

  it('refuses one without a web server', () => {
    expect(() => readTraits(without(without(stream, 'apache'), 'nginx'))).toThrow('cannot be one of a lab');
  });

  it('refuses a path that a shell would take for more', () => {
    expect(() => readTraits(stream.replace('webRoot=/var/www/html', 'webRoot=/srv/$(reboot)'))).toThrow(
      'cannot be one of a lab',
    );
  });
});

describe('readSystem', () => {
  it('needs neither web servers nor schedulers', () => {
    const bare = ['apache', 'nginx', 'webRoot', 'scheduler'].reduce(without, stream);
    expect(readSystem(bare)).toMatchObject({ title: 'CentOS Stream 9', firewall: 'firewalld' });
  });

  it('gives what ifupdown keeps to networkd', () => {
    expect(readSystem(debian.replace('network=networkd', 'network=ifupdown')).network).toBe('networkd');
  });
});
