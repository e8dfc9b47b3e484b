import type { FeedPlan } from '../../core/model/feed';
import type { RequestTemplate } from '../../core/model/request';
import { FeedCursor } from '../../core/request/feedCursor';
import { compileFeeds, fillRequest } from '../../core/request/feedTemplate';

/** The requests of a plan for a library that writes them itself: each call is the next one. Fails like `compileFeeds`. */
export function prepareTemplates(request: RequestTemplate, feeds: FeedPlan | null): () => RequestTemplate {
  if (feeds === null) return () => request;
  const template = compileFeeds(request, feeds.feeds);
  const cursor = new FeedCursor(feeds);
  return () => {
    cursor.next();
    return fillRequest(request, template, cursor.value);
  };
}
