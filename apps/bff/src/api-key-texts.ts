import type { ErrorName, Locale } from '@lyss/api-types';

/** What is refused to an API key, or about one, by the failure's name and `details.reason`. */
export const apiKeyTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  INSUFFICIENT_PERMISSIONS: {
    not_with_an_api_key: { 'zh-CN': 'API 密钥不能做这件事，请本人登录后操作。', 'en-US': 'An API key cannot do this. Sign in to do it yourself.' },
    api_key_network: { 'zh-CN': '这个 API 密钥不允许从当前网络使用。', 'en-US': 'This API key may not be used from this network.' },
    model_not_in_api_key: { 'zh-CN': '这个 API 密钥不能使用该模型。', 'en-US': 'This API key may not use that model.' },
  },
  TOKEN_INVALID: {
    api_key_revoked: { 'zh-CN': '这个 API 密钥已被吊销。', 'en-US': 'This API key was revoked.' },
    api_key_expired: { 'zh-CN': '这个 API 密钥已过期。', 'en-US': 'This API key has expired.' },
    api_key_rotated: { 'zh-CN': '这个 API 密钥已轮换，请改用新的密钥。', 'en-US': 'This API key was rotated. Use the new one.' },
  },
  QUOTA_EXCEEDED: {
    too_many_api_keys: { 'zh-CN': '每人最多 50 个有效的 API 密钥，请先吊销不用的。', 'en-US': 'A person has at most 50 live API keys. Revoke one that is not needed.' },
  },
  OPERATION_NOT_ALLOWED: {
    api_key_ended: { 'zh-CN': '这个 API 密钥已失效，不能再修改。', 'en-US': 'This API key has ended and cannot be changed any more.' },
  },
  RESOURCE_CONFLICT: {
    api_key_being_rotated: {
      'zh-CN': '这个 API 密钥刚刚轮换过。要再次轮换，请用 If-Match 写明你看到的版本。',
      'en-US': 'This API key was rotated just now. To rotate it again, name the version that you see in If-Match.',
    },
  },
};
