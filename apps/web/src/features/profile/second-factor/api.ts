import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { DataOf, Passkey, SecondFactors, TotpEnrolment } from '@lyss/api-types';
import { call } from '../../../api/client.ts';
import { createPasskey } from '../../../app/passkeys/ask-passkey.ts';
import { rememberPerson } from '../../../session/session-store.ts';
import { tellTabs } from '../../../session/tabs.ts';

/** Does something that the server lets nobody do who has not proved lately who they are. */
export type Run = <Output>(work: () => Promise<Output>) => Promise<Output>;

/** What I have besides my password, and whether this session may change it now. */
export const mySecondFactors = queryOptions({ queryKey: ['second-factors'], queryFn: ({ signal }): Promise<SecondFactors> => call('secondFactors.read', { signal }) });

/** A first factor opens what was withheld, here and in the other tabs; a last one that goes may close it. */
async function refreshPerson(): Promise<void> {
  rememberPerson(await call('auth.me'));
  tellTabs('changed');
}

function useFactorChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation<Output, Error, Input>({
    mutationFn,
    onSuccess: () => void refreshPerson().catch(() => undefined),
    // Also after a refusal: it may say that what is shown is old. The first factor ends all other sessions.
    // Not waited for: codes that are seen once must not hang on another answer.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: mySecondFactors.queryKey });
      void client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
}

/** A new key for an authenticator app; nothing counts before it is confirmed. */
export function useStartTotp(run: Run) {
  return useMutation<TotpEnrolment, Error, void>({ mutationFn: () => run(() => call('secondFactors.startTotp')) });
}

export const useConfirmTotp = (run: Run) => useFactorChange((code: string) => run(() => call('secondFactors.confirmTotp', { body: { code } })));
export const useRemoveTotp = (run: Run) => useFactorChange<void, unknown>(() => run(() => call('secondFactors.removeTotp')));
export const useReplaceCodes = (run: Run) => useFactorChange<void, DataOf<'secondFactors.replaceRecoveryCodes'>>(() => run(() => call('secondFactors.replaceRecoveryCodes')));

export const useAddPasskey = (run: Run) =>
  useFactorChange((name: string) =>
    run(async () => {
      const response = await createPasskey(await call('secondFactors.passkeyOptions'));
      return call('secondFactors.createPasskey', { body: { name, response } });
    }),
  );
export const useRenamePasskey = () => useFactorChange(({ passkey, name }: { passkey: Passkey; name: string }) => call('secondFactors.renamePasskey', { params: { id: passkey.id }, body: { name }, if_match: passkey.version }));
export const useRemovePasskey = (run: Run) => useFactorChange<string, unknown>((id) => run(() => call('secondFactors.removePasskey', { params: { id } })));
