import { z } from 'zod';
import { parseCidr, parseIpv4, parseSubnet } from './ipv4.ts';

// The kinds of value that templates hold and commands are given. Each is narrow enough to need no care in a shell.

export const ipv4Schema = z
  .string()
  .refine((text) => parseIpv4(text) !== undefined, 'is not an IPv4 address such as 10.10.0.2');

export const cidrSchema = z
  .string()
  .refine(
    (text) => parseCidr(text) !== undefined,
    'is not an IPv4 address with its prefix, such as 10.10.0.2/24',
  );

export const subnetSchema = z
  .string()
  .refine((text) => parseSubnet(text) !== undefined, 'is not an IPv4 subnet such as 10.10.0.0/24');

export const portSchema = z.int().min(1).max(65535);

/** A label of RFC 1123: it becomes a guest's host name and part of its domain's name. */
export const hostNameSchema = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/,
    'is not a host name: small letters, digits and dashes, at most 32, no dash at either end',
  );

/** A name of modes, templates, recipes and steps. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,47}$/,
    'is not a name: small letters, digits and dashes, a letter first, at most 48',
  );

/** A name of options and of what a step keeps. */
export const camelNameSchema = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'is not a name such as oldValue');

/** One choice of an option. */
export const optionValueSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'is not a choice such as nginx: small letters, digits and dashes');

export const nicNameSchema = z.string().regex(/^eth\d$/, 'is not a NIC: eth0 to eth9');

/** Known by its shape only: which schedulers there are is the guest's kernel's to say. */
export const schedulerSchema = z.string().regex(/^[a-z]{2,10}$/, 'is not a scheduler such as rr or wlc');

export const weightSchema = z.int().min(0).max(65535);

export const macSchema = z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'is not a MAC address');

/** How ipvsadm(8) is told the service's protocol. */
export const serviceOptionSchema = z.enum(['-t', '-u']);

/** What follows the scheduler of a virtual service: nothing, or options of ipvsadm(8), each with a blank before it. */
export const serviceFlagsSchema = z
  .string()
  .regex(/^( -p \d{1,7}( -M [\d.]{7,15})?)?( -b [a-z0-9,-]+)?$/, 'is not such as " -p 300"');

/** What follows the weight of a real server: nothing, or its thresholds. */
export const serverFlagsSchema = z
  .string()
  .regex(/^( -x \d{1,5} -y \d{1,5})?$/, 'is not such as " -x 10 -y 5"');

export const thresholdSchema = z.int().min(0).max(65_535);

/** The path of a folder in a guest, with nothing in it that a shell or a web server's configuration takes for more. */
export const folderSchema = z.string().regex(/^(\/[\w.@-]+)+$/, 'is not the path of a folder');

/** A unit of systemd without its ending. */
export const serviceNameSchema = z.string().regex(/^[\w.@-]+$/, 'is not the name of a service such as nginx');

/** For how long ip_vs keeps an idle connection; the longest that ipvsadm takes is 31 days. */
export const timeoutSchema = z
  .int()
  .min(1)
  .max(31 * 86_400);

/**
 * One word of a POSIX shell that stands for exactly this text. The one place that quotes.
 * Words of harmless characters stay bare, so that commands read as they would be typed.
 */
export function quote(value: string | number): string {
  const text = String(value);
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
