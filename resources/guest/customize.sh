# Run by mmdebstrap as a hook once the packages are installed: makes them a guest, then an ext4 file system.
# $1 is the guest's root. In $LVSLAB_WORK lie files/ and the lists; there go root.img, bzImage, busybox and modules/.
set -eu
root=$1
work=$LVSLAB_WORK

cp -R "$work/files/." "$root/"
chmod 700 "$root/root/.ssh"
rm -f "$root"/etc/ssh/ssh_host_rsa_key* "$root"/etc/ssh/ssh_host_ecdsa_key* "$root"/etc/ssh/ssh_host_*.pub
chown 0:0 "$root/etc/ssh/ssh_host_ed25519_key"
chmod 600 "$root/etc/ssh/ssh_host_ed25519_key"
# Nothing of the machine that built it.
: >"$root/etc/resolv.conf"
# Empty, not missing: systemd takes neither for a first boot that sets everything up.
: >"$root/etc/machine-id"

# What tutorials for CentOS type. /etc/sysconfig/README tells what of it is a stand-in.
mkdir -p "$root/etc/sysconfig/network-scripts"
chmod 755 "$root"/usr/local/sbin/*
ln -s ifup "$root/usr/local/sbin/ifdown"
for command in $(cat "$work/centos-commands"); do
  ln -s centos-only "$root/usr/local/sbin/$command"
done
# In its place stands a unit; `systemctl enable` would ask this script first.
rm -f "$root/etc/init.d/ipvsadm" "$root"/etc/rc?.d/*ipvsadm

systemctl() { chroot "$root" systemctl --quiet "$@"; }
rm -f "$root/etc/systemd/system/sshd.service"
systemctl disable ssh.service apache2.service nginx.service keepalived.service ipvsadm.service nftables.service 2>/dev/null
systemctl enable ssh.service network.service
systemctl set-default multi-user.target
systemctl mask $(cat "$work/masked-units")
# Generators are a dozen programs started before any unit, for disks, consoles and old init scripts that are not here.
mkdir -p "$root/etc/systemd/system-generators"
for generator in "$root"/lib/systemd/system-generators/*; do
  ln -s /dev/null "$root/etc/systemd/system-generators/${generator##*/}"
done
# The journal starts with the first service that writes to its socket, not before SSH.
rm "$root/lib/systemd/system/sysinit.target.wants/systemd-journald.service"

version=$(ls "$root/lib/modules")
chroot "$root" depmod "$version"
mkdir "$work/modules"
for module in $(cat "$work/initrd-modules"); do
  chroot "$root" modprobe --set-version "$version" --show-depends "$module"
done | while read -r verb file _; do
  # `builtin NAME` needs no loading.
  [ "$verb" = insmod ] || continue
  cp "$root$file" "$work/modules/"
  echo "${file##*/}"
done | awk '!seen[$0]++' >"$work/modules/order"
cp "$root/boot/vmlinuz-$version" "$work/kernel"
cp "$root/bin/busybox" "$work/busybox"

# The kernel is given from outside, and a node has no hardware but virtio.
rm -rf "$root"/boot/* "$root"/vmlinuz* "$root"/initrd.img*
# Of manual pages only the folders that hold one.
find "$root/usr/share/man" -type d -empty -delete
rm -rf "$root"/usr/share/doc/* "$root"/usr/share/locale/* "$root"/var/log/*.log "$root"/var/log/apt
rm -rf "$root"/var/cache/apt/* "$root"/var/cache/debconf/*-old "$root"/var/lib/apt/lists/* "$root"/var/lib/dpkg/*-old

# Seen without /proc, /sys and /dev, which are mounted on it now.
mkdir "$work/bare"
mount --bind "$root" "$work/bare"
mount -t tmpfs -o mode=1777 tmpfs "$work/bare/tmp"
truncate -s 2G "$work/root.img"
# With a journal: a machine may be killed, and starts again from its own disk.
mke2fs -q -t ext4 -J size=4 -O ^metadata_csum -m 0 -E root_owner=0:0,lazy_itable_init=1 -L lvslab -d "$work/bare" "$work/root.img"
umount "$work/bare/tmp" "$work/bare"
chmod 644 "$work/root.img" "$work/kernel" "$work/busybox" "$work/modules"/*
