import type { GuestTraits } from './guest-traits.ts';
import { guestScript, writeFile } from './write-file.ts';

/**
 * The shell script after which both web servers serve the pages of `webRoot` on port 80 and on every address, whichever
 * is started, so that no recipe has to know the family.
 *
 * Debian's packages do so as they are. Of the rhel family httpd does: its welcome.conf answers only where there is no
 * page. nginx's own server stands in nginx.conf with another root, with or without `default_server`, which two servers
 * may not both have: so its root is changed in its place. Pages that root writes there get the type
 * httpd_sys_content_t, which the policy has for /var/www (semanage-fcontext(8)); nginx runs as httpd_t as well. Pure.
 */
export function webServersScript({ family, apache, nginx, webRoot }: GuestTraits): string {
  const conf = `${nginx.folder.slice(0, nginx.folder.lastIndexOf('/'))}/nginx.conf`;
  return guestScript(
    `mkdir -p ${webRoot}`,
    [
      `if test -d ${apache.folder}; then`,
      // Else it asks the resolver for its own name at each start, and there is none in a lab.
      writeFile({ path: `${apache.folder}/lvslab.conf`, content: 'ServerName localhost\n' }),
      'fi',
    ].join('\n'),
    ...(family === 'rhel'
      ? [
          `if test -e ${conf}; then sed -i 's|^\\([[:space:]]*root[[:space:]]*\\)/usr/share/nginx/html;|\\1${webRoot};|' ${conf}; fi`,
        ]
      : []),
    `if command -v restorecon >/dev/null 2>&1; then restorecon -R ${webRoot}; fi`,
  );
}
