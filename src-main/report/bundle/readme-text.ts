import type { Report } from '../model/report.ts';

/** What tells a reader of a bundle what its files are: in English, since it is for programs' users too. */
export function readmeText({ title, lab, writtenAt, product }: Report): string {
  return `${title.replaceAll(/\s+/g, ' ')}

A report of the lab ${lab.name}, written at ${writtenAt} by ${product.name} ${product.version}.

report.html         to read and print; it needs no network and no program but a browser
report.md           the same as Markdown
report.json         the same for programs; report.schema.json is its JSON Schema
runs/N.csv          every request of the load with number N: when its reply reached the host, how long it took, who
                    answered, or how it failed, and from which address it came
captures/N.pcapng   every frame on every wire of the lab while it was observed: for Wireshark
evidence/N.json     what the machines themselves said then
scripts/MODE/       shell scripts that set the mode up by hand; README.md there tells how
manifest.json       size and SHA-256 of every other file

'lvslab report verify' with this file recomputes every figure from the samples, and judges every claim anew by the
captures. It proves that the files agree with one another, not who wrote them.
`;
}
