import { writeFile } from './write-file.ts';

/**
 * Since the end of life of CentOS 7 (2024-06-30) its mirror list answers no more, and its packages lie on
 * vault.centos.org under the same path; EPEL 7, which alone has nginx for it, lies in Fedora's archive. Both are signed
 * as before. Nothing is changed where these files are not, or have been changed already.
 */
export const legacyRepositories: readonly string[] = [
  [
    'for file in /etc/yum.repos.d/CentOS-*.repo; do',
    '  test -e "$file" || continue',
    '  sed -i \\',
    "    -e 's|^mirrorlist=http://mirrorlist\\.centos\\.org|#&|' \\",
    "    -e 's|^#baseurl=http://mirror\\.centos\\.org/|baseurl=http://vault.centos.org/|' \\",
    '    "$file"',
    'done',
  ].join('\n'),
  [
    'if test -e /etc/centos-release; then',
    writeFile({
      path: '/etc/yum.repos.d/epel-archive.repo',
      content: [
        '[epel-archive]',
        'name=Extra Packages for Enterprise Linux 7 (archive)',
        'baseurl=https://archives.fedoraproject.org/pub/archive/epel/7/$basearch/',
        'gpgcheck=1',
        'gpgkey=https://archives.fedoraproject.org/pub/archive/epel/RPM-GPG-KEY-EPEL-7',
        'skip_if_unavailable=1',
        '',
      ].join('\n'),
    }),
    'fi',
  ].join('\n'),
];
