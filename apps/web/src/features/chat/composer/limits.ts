/** What the contract allows in one message and in a system prompt, in UTF-16 units; the schemas stay out of the bundle. */
export const CHARACTER_LIMIT = 200_000;
export const SYSTEM_PROMPT_LIMIT = 20_000;
