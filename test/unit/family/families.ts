import { readTraits } from '../../../src-main/family/read-traits.ts';
import type { GuestTraits } from '../../../src-main/family/guest-traits.ts';

/** What the probe prints in guests of each kind, by the facts that are known of them. */
export const probed: Readonly<Record<string, string>> = {
  'debian-12-networkd': `
title=Debian GNU/Linux 12 (bookworm)
kernel=6.1.0-41-cloud-amd64
packages=apt-get
network=networkd
firewall=firewalld
selinux=Disabled
scheduler=fo
scheduler=ftp
scheduler=rr
scheduler=wrr
apache=apache2
apacheFolder=/etc/apache2/conf-enabled
nginx=nginx
nginxFolder=/etc/nginx/conf.d
webRoot=/var/www/html
`,
  'debian-12-network-manager': `
title=Debian GNU/Linux 12 (bookworm)
kernel=6.1.0-41-cloud-amd64
packages=apt-get
network=network-manager
firewall=none
selinux=Disabled
scheduler=rr
apache=apache2
apacheFolder=/etc/apache2/conf-enabled
nginx=nginx
nginxFolder=/etc/nginx/conf.d
webRoot=/var/www/html
`,
  'rhel-9-network-manager': `
title=CentOS Stream 9
kernel=5.14.0-570.el9.x86_64
packages=dnf
network=network-manager
firewall=firewalld
selinux=Enforcing
scheduler=mh
scheduler=rr
apache=httpd
apacheFolder=/etc/httpd/conf.d
nginx=nginx
nginxFolder=/etc/nginx/conf.d
webRoot=/var/www/html
`,
  'rhel-7-network-scripts': `
title=CentOS Linux 7 (Core)
kernel=3.10.0-1160.el7.x86_64
packages=yum
network=network-scripts
firewall=firewalld
selinux=Enforcing
scheduler=nq
scheduler=rr
apache=httpd
apacheFolder=/etc/httpd/conf.d
nginxFolder=
webRoot=/var/www/html
`,
};

/** The same as traits, by the name of the kind. */
export const families: readonly (readonly [string, GuestTraits])[] = Object.entries(probed).map(
  ([name, output]) => [name, readTraits(output)],
);
