import type { ProviderId } from '@lyss/api-types';
import type { Egress } from '../egress/fetch.ts';
import { createAnthropicProvider } from './anthropic.ts';
import { createDemoEgress } from './demo.ts';
import { createGoogleProvider } from './google.ts';
import { createOpenAiProvider, openAiDialect } from './openai.ts';
import type { Provider } from './provider.ts';
import { verifyConnection, type Verification, type VerificationRequest } from './verify.ts';

export interface ProviderRegistry {
  get(provider: ProviderId): Provider;
  /** Tries a connection step by step; never throws, at most 15 s. */
  verify(provider: ProviderId, request: VerificationRequest): Promise<Verification>;
}

/** The one place that knows which supplier speaks which wire; all of them go out through `egress`, the demo through none. */
export function createProviders(egress: Egress, demoEgress: Egress = createDemoEgress()): ProviderRegistry {
  const compatible = createOpenAiProvider(egress);
  const unasked = createOpenAiProvider(egress, { ...openAiDialect, include_usage: false });
  const providers: Record<ProviderId, Provider> = {
    openai: createOpenAiProvider(egress, { ...openAiDialect, max_tokens_field: 'max_completion_tokens' }),
    azure: createOpenAiProvider(egress, { max_tokens_field: 'max_completion_tokens', include_usage: true, authenticate: (secret) => ({ 'api-key': secret }) }),
    anthropic: createAnthropicProvider(egress),
    google: createGoogleProvider(egress),
    mistral: unasked,
    zhipu: unasked,
    deepseek: compatible,
    qwen: compatible,
    moonshot: compatible,
    ark: compatible,
    ollama: compatible,
    custom: compatible,
    demo: createOpenAiProvider(demoEgress),
  };
  return {
    get: (provider) => providers[provider],
    verify: (provider, request) => verifyConnection(providers[provider], request),
  };
}
