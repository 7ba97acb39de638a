import { describe, expect, it } from 'vitest';
import { labKernelArguments } from '../../../../src-main/image/bake/kernel-arguments.ts';

const ours =
  'console=ttyS0 quiet systemd.show_status=0 net.ifnames=0 biosdevname=0 ipv6.disable_ipv6=1 panic=-1';

describe('labKernelArguments', () => {
  it('keeps what the guest needs to find its root, with our console in place of its own', () => {
    expect(
      labKernelArguments(
        'BOOT_IMAGE=/boot/vmlinuz-6.1.0 root=PARTUUID=1-2 ro console=tty0 console=ttyS0,115200 earlyprintk=ttyS0,115200\n',
      ),
    ).toBe(`root=PARTUUID=1-2 ro ${ours}`);
  });

  it('says nothing twice, and the last word is ours', () => {
    expect(
      labKernelArguments(
        'BOOT_IMAGE=(hd0,gpt3)/vmlinuz root=UUID=a-b ro net.ifnames=1 crashkernel=1G-4G:192M quiet rhgb panic=10 selinux=1',
      ),
    ).toBe(`root=UUID=a-b ro selinux=1 ${ours}`);
  });
});
