import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildStep } from '../../src-main/image/build-step.ts';
import { buildSteps } from '../../src-main/image/build-steps.ts';
import { ensureImage } from '../../src-main/image/ensure-image.ts';
import type { GuestImage } from '../../src-main/image/guest-image.ts';
import { readRecipe, recipeFile } from '../../src-main/image/recipe.ts';
import { testHome } from '../support/test-home.ts';

/** Only what SSH needs, and no server started: so the difference that is measured is the boot's, not the servers'. */
const customize = `
set -eu
root=$1
work=$LVSLAB_WORK
cp -R "$work/files/." "$root/"
chmod 700 "$root/root/.ssh"
rm -f "$root"/etc/ssh/ssh_host_*.pub "$root"/etc/ssh/ssh_host_rsa_key "$root"/etc/ssh/ssh_host_ecdsa_key
chown 0:0 "$root/etc/ssh/ssh_host_ed25519_key"
chmod 600 "$root/etc/ssh/ssh_host_ed25519_key"
chroot "$root" systemctl --quiet disable apache2 nginx keepalived nftables ipvsadm 2>/dev/null
chroot "$root" systemctl --quiet enable ssh systemd-networkd
chroot "$root" update-initramfs -c -k all
cp "$root"/boot/vmlinuz-* "$work/bzImage"
cp "$root"/boot/initrd.img-* "$work/initrd.img"
mkdir "$work/bare"
mount --bind "$root" "$work/bare"
truncate -s 2G "$work/root.img"
mke2fs -q -t ext4 -d "$work/bare" "$work/root.img"
umount "$work/bare"
chmod 644 "$work/root.img" "$work/bzImage" "$work/initrd.img"
`;

const network = '[Match]\nMACAddress=52:54:00:00:00:01\n[Network]\nAddress=10.0.2.15/24\n';

const copyKernelAndInitrd: BuildStep = {
  step: 'image.kernel',
  title: 'Copying the kernel and its stock initrd',
  run: async ({ folder, work }) => {
    await copyFile(path.join(work, 'bzImage'), path.join(folder, 'kernel'));
    await copyFile(path.join(work, 'initrd.img'), path.join(folder, 'initrd'));
  },
};

/** What mmdebstrap gives of the same packages, with its stock initrd and units: what ours is measured against. */
export async function ensurePlainImage(): Promise<GuestImage> {
  const files = new Map([
    ['packages.txt', recipeFile(await readRecipe(), 'packages.txt')],
    ['customize.sh', customize],
    ['kernel-arguments.txt', 'root=/dev/vda rw console=ttyS0 panic=-1\n'],
    ['masked-units.txt', ''],
    ['initrd-modules.txt', ''],
    ['files/etc/systemd/network/10-management.network', network],
  ]);
  const steps = buildSteps.map((step) =>
    step.step === copyKernelAndInitrd.step ? copyKernelAndInitrd : step,
  );
  return ensureImage({ dataFolder: path.join(testHome, 'bench') }, { recipe: { files }, steps });
}
