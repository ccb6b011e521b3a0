/** A call that every key may make, whatever its scopes. The key stays out of the text: it would stay in the shell's history. */
export const writeCurlExample = (origin: string): string => `export LYSS_API_KEY='…'\n\ncurl ${origin}/api/v1/auth/me \\\n  -H "Authorization: Bearer $LYSS_API_KEY"`;

export interface GatewayExample {
  language: 'curl' | 'python' | 'typescript';
  code: string;
}

/** One chat completion through the gateway: nothing but the address, the key and the model's name is ours. */
export function writeGatewayExamples(origin: string, model: string): GatewayExample[] {
  // A model's name is text of its supplier's: as a JSON string it is one in all three languages, and no quote of it ends the shell's.
  const name = JSON.stringify(model).replaceAll("'", '\\u0027');
  const curl = `export LYSS_API_KEY='…'

curl ${origin}/v1/chat/completions \\
  -H "Authorization: Bearer $LYSS_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": ${name}, "messages": [{"role": "user", "content": "Hello"}]}'`;
  const python = `import os
from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key=os.environ["LYSS_API_KEY"])
completion = client.chat.completions.create(
    model=${name},
    messages=[{"role": "user", "content": "Hello"}],
)
print(completion.choices[0].message.content)`;
  const typescript = `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${origin}/v1', apiKey: process.env.LYSS_API_KEY });
const completion = await client.chat.completions.create({
  model: ${name},
  messages: [{ role: 'user', content: 'Hello' }],
});
console.log(completion.choices[0]?.message.content);`;
  return [{ language: 'curl', code: curl }, { language: 'python', code: python }, { language: 'typescript', code: typescript }];
}
