import type { ComparedMode } from '../../contract/comparison.ts';
import type { RequestStory } from '../../contract/evidence.ts';

/** What a comparison tells of one request's way: of how many frames it is, and what a tunnel adds to a packet. */
export function wayOf({ hops }: RequestStory): Pick<ComparedMode, 'hops' | 'addedBytes'> {
  return {
    hops: { request: framesOf(hops, 'request'), reply: framesOf(hops, 'reply') },
    addedBytes: Math.max(0, ...hops.map(({ outer }) => outer?.addedBytes ?? 0)),
  };
}

/** The first packet of a direction, and every frame in which it appears again. */
function framesOf(hops: RequestStory['hops'], direction: 'request' | 'reply'): number {
  let last = hops.find((hop) => hop.direction === direction)?.sequence;
  if (last === undefined) return 0;
  let count = 1;
  for (const { previous, sequence } of hops) {
    if (previous === null || previous !== last) continue;
    count += 1;
    last = sequence;
  }
  return count;
}

/** Who sent the frames in which the client got the first reply of each request. */
export function answerersOf(stories: readonly RequestStory[]): string[] {
  const senders = stories.flatMap(({ hops, client }) => {
    const arrival = hops.find(({ direction, to }) => direction === 'reply' && to === client.node);
    return arrival ? [arrival.from] : [];
  });
  return [...new Set(senders)].sort();
}
