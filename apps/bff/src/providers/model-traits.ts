import type { Capability } from '@lyss/api-types';

// Model ids are the only thing every supplier gives; none of the data packages says what a model can do, so its family does.
const embedding = /embed|bge-|\bbge\b|gte-|rerank/i;
const notForChat = /whisper|tts|audio|speech|transcri|realtime|live|image|imagen|dall-e|veo|sora|video|moderation|guard|ocr|rerank|aqa|codex|turbo-instruct|babbage|davinci|computer-use|deep-research|wanx|cosyvoice|paraformer|seedream|seedance|cogview|cogvideo|charglm|voxtral|^claude-(?:2|v1|instant)|^gemini-(?:1\.0-)?pro(?:-vision|$)|gemini-(?:pro|flash)-1\.5/i;
const reasoning = /^o\d|gpt-(?:5|6)(?!.*chat)|claude-(?:3-7|(?:opus|sonnet|haiku|fable)-[4-9]|[4-9])|gemini-(?:2\.5|[3-9])|reason|thinking|deepseek-(?:r1|v[4-9])|kimi-k[2-9].*thinking|kimi-k[3-9]|glm-(?:4\.[5-9]|[5-9]|z1)|qwq|qwen3|magistral|doubao-seed|grok-[3-9]|gpt-oss/i;
const vision = /gpt-4o|gpt-4\.1|gpt-4-turbo|gpt-4-vision|gpt-[5-9]|^o[1-9](?!-mini)|^o4|claude-(?!2|v1|instant)|gemini|gemma-[3-9]|pixtral|mistral-(?:medium|small|large)-(?:3|2[5-9])|vl\b|-vl-|vision|kimi-k2\.[5-9]|kimi-k[3-9]|glm-\d(?:\.\d)?v|qwen.*omni|doubao-seed|llava|grok-[4-9]/i;
const withoutTools = /gemma|vision-preview|^o1-(?:mini|preview)|deepseek-r1|moonshot-v1-.*vision|llava|^gpt-3\.5-turbo-(?:0301|instruct)|phi-/i;

/** Whether a model answers conversations, by its id. Unknown families count as chat: their suppliers list little else. */
export function isChatModel(id: string): boolean {
  return !embedding.test(id) && !notForChat.test(id);
}

export function isEmbeddingModel(id: string): boolean {
  return embedding.test(id) && !/rerank/i.test(id);
}

export function isReasoningModel(id: string): boolean {
  return reasoning.test(id);
}

/** What a model can do, as far as its family is known: a hint for choosing, never a gate. */
export function listCapabilities(id: string): Capability[] {
  if (isEmbeddingModel(id)) return ['embedding'];
  const found: Capability[] = [];
  if (vision.test(id)) found.push('vision');
  if (!withoutTools.test(id)) found.push('tools', 'json');
  if (reasoning.test(id)) found.push('reasoning');
  return found;
}
