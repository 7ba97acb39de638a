import type { Checker } from '../checker.ts';

const MiB = 1024 * 1024;

export const imageChecker: Checker = {
  id: 'image',
  title: 'Guest image',
  why: 'Every node starts from it.',
  check: async ({ findImage }) => {
    const image = await findImage();
    if (image) {
      const size = Math.round(image.bytes / MiB);
      return { status: 'ok', what: `${image.key}, ${size} MiB, built ${image.builtAt.slice(0, 10)}` };
    }
    return {
      status: 'warning',
      what: 'It is not built yet.',
      remedy: "Build it now with 'lvslab image build'; the first lab builds it otherwise.",
    };
  },
  fix: async ({ ensureImage }, work) => {
    await ensureImage(work);
  },
};
