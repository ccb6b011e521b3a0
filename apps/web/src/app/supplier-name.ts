// Brands are written as their owners write them, in both languages.
const names: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google',
  deepseek: 'DeepSeek',
  azure: 'Azure OpenAI',
  qwen: 'Qwen',
  moonshot: 'Moonshot AI',
  zhipu: 'Zhipu AI',
  ark: 'Volcengine Ark',
  mistral: 'Mistral AI',
  ollama: 'Ollama',
  demo: 'Lyss Demo',
};

/** How a supplier is called; one that nobody knew when this was written keeps its id. */
export function supplierName(supplier: string): string {
  return names[supplier] ?? supplier;
}
