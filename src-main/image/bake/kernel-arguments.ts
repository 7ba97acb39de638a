/** The lab's own, after the guest's: NICs are named in the order of their slots, and the wire shows only what the lab does. */
const labArguments = [
  'console=ttyS0',
  'quiet',
  'systemd.show_status=0',
  'net.ifnames=0',
  'biosdevname=0',
  'ipv6.disable_ipv6=1',
  'panic=-1',
];

/** What the boot loader says of itself, other consoles, and memory that is set aside for a dump nobody takes. */
const dropped = /^(BOOT_IMAGE|initrd|console|earlyprintk|crashkernel)=|^rhgb$/;

/** What a lab tells the kernel of a baked image. @param cmdline As /proc/cmdline has it when the guest boots by itself. */
export function labKernelArguments(cmdline: string): string {
  const ours = new Set(labArguments.map(keyOf));
  const own = cmdline.split(/\s+/).filter((word) => word && !dropped.test(word) && !ours.has(keyOf(word)));
  return [...own, ...labArguments].join(' ');
}

function keyOf(argument: string): string {
  return argument.split('=', 1)[0] ?? argument;
}
