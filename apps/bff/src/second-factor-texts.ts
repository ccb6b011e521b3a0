import type { ErrorName, Locale } from '@lyss/api-types';

/** What second factors say, where `details.reason` makes the code's own text untrue. */
export const secondFactorTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  INSUFFICIENT_PERMISSIONS: {
    second_factor_needed: { 'zh-CN': '请先设置两步验证，之后才能执行此操作。', 'en-US': 'Set up a second factor first; this waits until you have one.' },
    fresh_proof_needed: { 'zh-CN': '修改两步验证前，请先再次验证身份。', 'en-US': 'Prove that it is you before you change second factors.' },
  },
  SECOND_FACTOR_REQUIRED: {
    code_incorrect: { 'zh-CN': '验证码不正确或已使用过，请等下一个验证码后重试。', 'en-US': 'That code is not right, or was used before. Try the next one.' },
    passkey_refused: { 'zh-CN': '这个通行密钥没有通过验证，请重试或换一种方式。', 'en-US': 'This passkey was not accepted. Try again, or use another way.' },
  },
  TOKEN_INVALID: {
    challenge_ended: { 'zh-CN': '这次验证已过期或已使用，请重新登录。', 'en-US': 'This step has expired or was used already. Sign in again.' },
    passkey_refused: { 'zh-CN': '这个通行密钥没有通过验证，请用密码登录。', 'en-US': 'This passkey was not accepted. Sign in with your password.' },
    second_factors_changed: { 'zh-CN': '账号启用了两步验证，请重新登录。', 'en-US': 'A second factor was set up for your account. Sign in again.' },
    second_factors_reset: { 'zh-CN': '租户管理员重置了你的两步验证，请重新登录。', 'en-US': 'A tenant admin reset your second factors. Sign in again.' },
  },
  ACCOUNT_LOCKED: {
    second_factor_attempts: { 'zh-CN': '验证失败次数过多，请稍后再试。已登录的设备不受影响。', 'en-US': 'Too many wrong tries of the second step. Try again later; where you are signed in, you stay so.' },
  },
  PASSWORD_INCORRECT: {
    proof_password: { 'zh-CN': '当前密码不正确。', 'en-US': 'This is not your current password.' },
  },
  OPERATION_NOT_ALLOWED: {
    second_factor_needed: { 'zh-CN': '这个账号需要先在控制台设置两步验证。', 'en-US': 'This account must set up a second factor in the console first.' },
    second_factor_demanded: { 'zh-CN': '你的账号必须保留至少一种两步验证方式，请先添加另一种。', 'en-US': 'Your account must keep a second factor. Add another one first.' },
    no_second_factor: { 'zh-CN': '还没有设置两步验证。', 'en-US': 'There is no second factor yet.' },
    own_second_factors: { 'zh-CN': '自己的两步验证请在个人设置中修改。', 'en-US': 'Change your own second factors in your profile.' },
    enrol_yourself_first: { 'zh-CN': '请先为自己设置两步验证，再要求其他人使用。', 'en-US': 'Set up a second factor for yourself before you demand it of others.' },
    challenge_ended: { 'zh-CN': '这次操作已过期或已使用，请重新开始。', 'en-US': 'This step has expired or was used already. Begin again.' },
    passkeys_impossible: { 'zh-CN': '控制台的地址是 IP，不能使用通行密钥。', 'en-US': 'Passkeys need a console with a name; this one lives at a bare address.' },
    proof_by_factor: { 'zh-CN': '你已启用两步验证，请用验证码、恢复码或通行密钥确认，只输入密码不够。', 'en-US': 'You have a second factor: prove it with a code, a recovery code or a passkey. The password alone is not enough.' },
    short_password: { 'zh-CN': '你的密码少于 15 个字符，只在有两步验证时允许。请先换一个更长的密码。', 'en-US': 'Your password has fewer than 15 characters, which a second factor allows. Choose a longer one first.' },
  },
  RESOURCE_CONFLICT: {
    passkey_known: { 'zh-CN': '这个通行密钥已经添加过。', 'en-US': 'This passkey is registered already.' },
  },
  QUOTA_EXCEEDED: {
    too_many_passkeys: { 'zh-CN': '最多 20 个通行密钥，请先移除一个。', 'en-US': 'Twenty passkeys at most. Remove one first.' },
  },
};
