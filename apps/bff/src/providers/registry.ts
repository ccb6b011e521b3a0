import type { ProviderId } from '@lyss/api-types';
import type { Egress } from '../egress/fetch.ts';
import { createAnthropicProvider } from './anthropic.ts';
import { createDemoEgress } from './demo.ts';
import { createGoogleProvider } from './google.ts';
import { createOpenAiProvider, openAiDialect, type OpenAiDialect } from './openai.ts';
import type { Passage } from './passage.ts';
import type { Provider } from './provider.ts';
import { verifyConnection, type Verification, type VerificationRequest } from './verify.ts';

export interface ProviderRegistry {
  get(provider: ProviderId): Provider;
  /** The way for bodies that are in OpenAI's shape already; null for suppliers of another wire. */
  findPassage(provider: ProviderId): Passage | null;
  /** Tries a connection step by step; never throws, at most 15 s. */
  verify(provider: ProviderId, request: VerificationRequest): Promise<Verification>;
}

/** The one place that knows which supplier speaks which wire; all of them go out through `egress`, the demo through none. */
export function createProviders(egress: Egress, demoEgress: Egress = createDemoEgress()): ProviderRegistry {
  const dialects = listDialects();
  const speak = (provider: ProviderId) => createOpenAiProvider(egress, dialects[provider] ?? openAiDialect);
  const providers: Record<ProviderId, Provider> = {
    openai: speak('openai'),
    azure: speak('azure'),
    anthropic: createAnthropicProvider(egress),
    google: createGoogleProvider(egress),
    mistral: speak('mistral'),
    zhipu: speak('zhipu'),
    deepseek: speak('deepseek'),
    qwen: speak('qwen'),
    moonshot: speak('moonshot'),
    ark: speak('ark'),
    ollama: speak('ollama'),
    custom: speak('custom'),
    demo: createOpenAiProvider(demoEgress),
  };
  return {
    get: (provider) => providers[provider],
    findPassage(provider) {
      const dialect = dialects[provider];
      return dialect ? { egress: provider === 'demo' ? demoEgress : egress, dialect } : null;
    },
    verify: (provider, request) => verifyConnection(providers[provider], request),
  };
}

/** Of the suppliers that speak OpenAI's wire, each in its way. */
function listDialects(): Partial<Record<ProviderId, OpenAiDialect>> {
  const newer = { ...openAiDialect, max_tokens_field: 'max_completion_tokens' as const };
  const unasked = { ...openAiDialect, include_usage: false };
  const compatible = { deepseek: openAiDialect, qwen: openAiDialect, moonshot: openAiDialect, ark: openAiDialect, ollama: openAiDialect, custom: openAiDialect, demo: openAiDialect };
  return { ...compatible, openai: newer, azure: { ...newer, authenticate: (secret) => ({ 'api-key': secret }) }, mistral: unasked, zhipu: unasked };
}
