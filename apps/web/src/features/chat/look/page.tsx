import { useParams } from '@tanstack/react-router';
import { LookPage } from './look-page.tsx';

export default function Page() {
  const { lookId = '', conversationId = null } = useParams({ strict: false });
  return <LookPage key={lookId} lookId={lookId} conversationId={conversationId} />;
}
