import type { ErrorName, Locale } from '@lyss/api-types';

/** What passwords and ended sessions say, where `details.reason` makes the code's own text untrue. */
export const accountTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  PASSWORD_INCORRECT: {
    current_password: { 'zh-CN': '当前密码不正确，密码没有修改。', 'en-US': 'This is not your current password. Nothing was changed.' },
  },
  ACCOUNT_LOCKED: {
    password_attempts: { 'zh-CN': '当前密码输错次数过多，请稍后再改密码。你仍处于登录状态。', 'en-US': 'Too many wrong passwords. Try to change yours again later; you stay signed in.' },
  },
  TOKEN_INVALID: {
    user_disabled: { 'zh-CN': '你的账号已被停用，请联系租户管理员。', 'en-US': 'Your account was disabled. Ask a tenant admin.' },
    tenant_suspended: { 'zh-CN': '你的租户已被暂停，请联系平台运维人员。', 'en-US': 'Your tenant is suspended. Ask the operator.' },
    password_changed: { 'zh-CN': '密码已修改，请用新密码重新登录。', 'en-US': 'Your password was changed. Sign in with the new one.' },
    password_reset: { 'zh-CN': '租户管理员重置了你的密码，请用收到的链接设置新密码。', 'en-US': 'A tenant admin reset your password. Choose a new one with the link they give you.' },
    refresh_reused: { 'zh-CN': '一个旧的登录凭据被再次使用，为了安全已退出登录。', 'en-US': 'An old token of this session was used again, so the session was ended.' },
    session_ended: { 'zh-CN': '这台设备的登录已结束，请重新登录。', 'en-US': 'This session has ended. Sign in again.' },
  },
};
