/**
 * The POSIX shell script that tells a guest's traits, run as root in it: lines `KEY=VALUE`, which `readSystem` and
 * `readTraits` read. It goes by what the guest has, never by its name, and changes nothing.
 *
 * cloud-init's NICs are up by then, so whoever keeps them is active: NetworkManager is asked about before the scripts
 * of network.service, which hand NICs to it where it runs, and networkd before ifupdown, which Debian's images of
 * before 12 have. A scheduler is one that has a module in the tree of the running kernel, packed or not, or that is
 * built in.
 */
export function probeScript(): string {
  return script;
}

const script = String.raw`
set -eu
has() { command -v "$1" >/dev/null 2>&1; }
active() { systemctl is-active --quiet "$1"; }
unit() { systemctl cat "$1.service" >/dev/null 2>&1; }
first() { for each; do if test -d "$each"; then echo "$each"; return; fi; done; }

kernel=$(uname -r)
sed -n 's/^PRETTY_NAME="\{0,1\}\([^"]*\).*/title=\1/p' /etc/os-release
echo "kernel=$kernel"
for each in apt-get dnf yum; do
  if has "$each"; then echo "packages=$each"; break; fi
done

if active NetworkManager; then echo network=network-manager
elif active systemd-networkd; then echo network=networkd
elif active network; then echo network=network-scripts
elif active networking; then echo network=ifupdown
else echo network=none
fi
if unit firewalld; then echo firewall=firewalld; else echo firewall=none; fi
if has getenforce; then echo "selinux=$(getenforce)"; else echo selinux=Disabled; fi

tree=/lib/modules/$kernel
{
  find "$tree" -name 'ip_vs_*.ko*' 2>/dev/null || true
  cat "$tree/modules.builtin" 2>/dev/null || true
} | sed -n 's,^.*/ip_vs_\([a-z]*\)\.ko.*$,scheduler=\1,p' | sort -u

for each in httpd apache2; do
  if unit "$each"; then echo "apache=$each"; break; fi
done
echo "apacheFolder=$(first /etc/httpd/conf.d /etc/apache2/conf-enabled)"
if unit nginx; then echo nginx=nginx; fi
echo "nginxFolder=$(first /etc/nginx/conf.d)"
for file in /etc/httpd/conf/httpd.conf /etc/apache2/sites-enabled/000-default.conf; do
  if test -r "$file"; then sed -n 's/^[[:space:]]*DocumentRoot[[:space:]]*"\{0,1\}\([^"]*[^"[:space:]]\).*/webRoot=\1/p' "$file"; fi
done | head -n 1
`.trimStart();
