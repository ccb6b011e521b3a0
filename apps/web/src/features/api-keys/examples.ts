/** A call that every key may make, whatever its scopes. The key stays out of the text: it would stay in the shell's history. */
export const writeCurlExample = (origin: string): string => `export LYSS_API_KEY='…'\n\ncurl ${origin}/api/v1/auth/me \\\n  -H "Authorization: Bearer $LYSS_API_KEY"`;

/** OpenAI's own client against the gateway: nothing but the address and the key is ours. */
export const writeOpenaiExample = (origin: string): string => `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${origin}/v1',
  apiKey: process.env.LYSS_API_KEY,
});`;
