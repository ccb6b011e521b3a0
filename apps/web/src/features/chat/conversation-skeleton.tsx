import { SkeletonText } from '../../ui/states/skeleton.tsx';

/** Where messages will stand. */
export function ConversationSkeleton() {
  return <div className="chat-column chat-skeleton"><SkeletonText lines={7} /></div>;
}
