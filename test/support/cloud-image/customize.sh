# Run by mmdebstrap as a hook once the packages are installed: makes of the root in $1 what Debian's genericcloud is,
# and writes into $LVSLAB_WORK the disk (without its first sectors) and the two parts of GRUB that go there.
set -eu
root=$1
work=$LVSLAB_WORK

mkdir -p "$root/boot/grub"
cat >"$root/boot/grub/grub.cfg" <<'GRUB'
set timeout=0
linux /vmlinuz root=LABEL=cloudimg-root ro console=tty0 console=ttyS0,115200
initrd /initrd.img
boot
GRUB
chroot "$root" grub-mkimage -O i386-pc -p '(hd0,msdos1)/boot/grub' -o /boot/grub/core.img \
  biosdisk part_msdos ext2 normal configfile linux boot
cp "$root/usr/lib/grub/i386-pc/boot.img" "$root/boot/grub/core.img" "$work/"

echo 'LABEL=cloudimg-root / ext4 defaults 0 1' >"$root/etc/fstab"
cat >"$root/etc/cloud/cloud.cfg.d/99_image.cfg" <<'CLOUD'
# A seed or nothing: otherwise the boot waits for the servers of clouds.
datasource_list: [NoCloud, None]
system_info: { network: { renderers: [network-manager] } }
apt_preserve_sources_list: true
locale: C.UTF-8
CLOUD

systemctl() { chroot "$root" systemctl --quiet "$@"; }
systemctl enable NetworkManager.service firewalld.service ssh.service
systemctl mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
  fstrim.timer grub-common.service

# What must be made anew at the first start of each machine, and nothing of the machine that built it.
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/hostname"
: >"$root/etc/resolv.conf"
: >"$root/etc/machine-id"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/apt "$root"/var/log/*.log

# Seen without /proc, /sys and /dev, which are mounted on it now.
mkdir "$work/bare"
mount --bind "$root" "$work/bare"
mount -t tmpfs -o mode=1777 tmpfs "$work/bare/tmp"
truncate -s 3G "$work/disk.img"
mke2fs -q -t ext4 -E offset=1048576,root_owner=0:0,lazy_itable_init=1 -L cloudimg-root -d "$work/bare" \
  "$work/disk.img" 3071M
umount "$work/bare/tmp" "$work/bare"
chmod 666 "$work/disk.img" "$work/boot.img" "$work/core.img"
