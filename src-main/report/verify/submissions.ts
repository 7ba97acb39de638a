/** Who handed a file in, as the folder or the name tells that a learning platform gave it. */
export interface Submission {
  /** As the platform writes it: a name, or a login. */
  readonly student: string;
  /** The same for all files of one submission. */
  readonly key: string;
}

type Read = (part: string) => { readonly student: string; readonly id: string } | undefined;

const from =
  (pattern: RegExp, student: (name: string) => string = (name) => name): Read =>
  (part) => {
    const { name = '', id = '' } = pattern.exec(part)?.groups ?? {};
    return name === '' ? undefined : { student: student(name).trim(), id };
  };

/** How platforms call what was handed in: a folder, or the file itself, which then has its own name at the end. */
const readers: readonly Read[] = [
  // Moodle: `Ada Lovelace_12345_assignsubmission_file_`, and its other kinds, such as `onlinetext`.
  from(/^(?<name>.+?)_(?<id>\d+)_assignsubmission_[a-z]+/),
  // Blackboard: `Homework 3_alovelace_attempt_2024-01-05-12-30-45_report.zip`.
  from(/^.+?_(?<name>[^_]+)_attempt_(?<id>\d{4}(?:-\d{1,2}){5})(?:_|\.|$)/),
  // Canvas: `lovelaceada_12345_67890_report.zip`, `lovelaceada_LATE_12345_67890_report.zip`; the second number is the file's.
  from(/^(?<name>[^_A-Z\d]+)(?:_LATE)?_(?<id>\d{3,})_\d{3,}_./),
  // Brightspace: `12345-67890 - Ada Lovelace - Jan 5, 2024 1230 PM`.
  from(/^(?<id>\d+-\d+) - (?<name>.+?) - ./),
  // ILIAS: `Lovelace_Ada_alovelace_12345`; a year at the end is no number of a user.
  from(/^(?<name>[^_]+_[^_]+_[^_]+)_(?!20\d\d$)(?<id>\d{3,})$/, (name) => name.replaceAll('_', ' ')),
];

/** Whose submission a file is of, by its path; undefined where no platform named a part of it. */
export function submissionOf(file: string): Submission | undefined {
  for (const part of file.split('/')) {
    for (const read of readers) {
      const found = read(part);
      if (found) return { student: found.student, key: `${found.student} ${found.id}` };
    }
  }
  return undefined;
}

/** Whether a platform wrote a file itself, beside what was handed in: text that was typed there, or its own list. */
export function isOfPlatform(file: string): boolean {
  return (
    /_assignsubmission_onlinetext_?(\/|.*\.html?$)/i.test(file) ||
    /^index\.html?$/i.test(file) ||
    /_attempt_\d{4}(-\d{1,2}){5}\.txt$/.test(file)
  );
}

/** Whether files come from a learning platform without doubt: by names that nobody else gives, or by several submissions. */
export function isDownload(files: readonly string[]): boolean {
  const keys = new Set(files.flatMap((file) => submissionOf(file)?.key ?? []));
  return keys.size > 1 || files.some((file) => /_assignsubmission_|_attempt_\d{4}-/.test(file));
}
