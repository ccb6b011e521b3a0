import { ApiFailure } from '../../../api/client.ts';
import { usePasskeyWords } from '../../../app/passkeys/use-passkey-words.ts';

/** The person closed the question: what waited for it is not done, and that is no error. */
export class ProofGivenUp extends Error {}

/** A refused change in one line: what its issue says, else the refusal; nothing where somebody only closed a question. */
export function useFailureWords(): (failure: Error | null) => string | undefined {
  const say = usePasskeyWords();
  return (failure) => {
    if (failure === null || failure instanceof ProofGivenUp) return undefined;
    const issue = failure instanceof ApiFailure ? failure.issues[0]?.message : undefined;
    return issue ?? say(failure) ?? undefined;
  };
}
