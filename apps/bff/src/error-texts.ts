import { errorTable, type ErrorBody, type ErrorName, type Locale } from '@lyss/api-types';
import { AppError } from './errors.ts';
import { localizeIssues } from './issue-texts.ts';
import { accountTexts } from './account-texts.ts';
import { archiveTexts } from './archive-texts.ts';
import { gatewayTexts } from './gateway-texts.ts';
import { apiKeyTexts } from './api-key-texts.ts';
import { budgetTexts } from './budget-texts.ts';
import { tenantTexts } from './tenant-texts.ts';
import { refusalTexts } from './refusal-texts.ts';
import { ssoTexts } from './sso-texts.ts';
import { secondFactorTexts } from './second-factor-texts.ts';

/** What each failure says to a person, in both languages: what happened and what to do. */
export const errorTexts: Record<ErrorName, Record<Locale, string>> = {
  INVALID_INPUT: { 'zh-CN': '有字段不符合要求，请按提示修改后重试。', 'en-US': 'Some fields are not valid. Correct them as shown and try again.' },
  MISSING_REQUIRED_FIELD: { 'zh-CN': '缺少必填字段，请补全后重试。', 'en-US': 'Required fields are missing. Fill them in and try again.' },
  INVALID_FORMAT: { 'zh-CN': '请求体不是有效的 JSON，或内容类型不对。', 'en-US': 'The body is not valid JSON, or its content type is not the expected one.' },
  REQUEST_TOO_LARGE: { 'zh-CN': '请求体超过了这个接口的大小上限。', 'en-US': 'The body is larger than this route accepts.' },
  RATE_LIMIT_EXCEEDED: { 'zh-CN': '请求过于频繁，请稍后再试。', 'en-US': 'Too many requests. Wait a moment and try again.' },
  UNAUTHORIZED: { 'zh-CN': '请先登录。', 'en-US': 'Sign in first.' },
  TOKEN_EXPIRED: { 'zh-CN': '登录状态已过期，请刷新令牌。', 'en-US': 'The access token has expired. Refresh it.' },
  TOKEN_INVALID: { 'zh-CN': '链接或令牌无效、已过期或已被使用。', 'en-US': 'The link or token is not valid, has expired or was already used.' },
  INSUFFICIENT_PERMISSIONS: { 'zh-CN': '你没有执行此操作的权限，请联系租户管理员。', 'en-US': 'You are not allowed to do this. Ask a tenant admin.' },
  ACCOUNT_LOCKED: { 'zh-CN': '失败次数过多，该账号暂时不能登录，请稍后再试。', 'en-US': 'Too many failed attempts. Signing in to this account is paused; try again later.' },
  PASSWORD_INCORRECT: { 'zh-CN': '邮箱或密码不正确。', 'en-US': 'The e-mail address or the password is not correct.' },
  SECOND_FACTOR_REQUIRED: { 'zh-CN': '还需要完成第二步验证。', 'en-US': 'A second step is needed to sign in.' },
  TENANT_NOT_FOUND: { 'zh-CN': '没有找到这个租户。', 'en-US': 'There is no such tenant.' },
  USER_ALREADY_EXISTS: { 'zh-CN': '这个邮箱在本租户中已有用户。', 'en-US': 'This tenant already has a user with that e-mail address.' },
  USER_NOT_FOUND: { 'zh-CN': '没有找到这个用户。', 'en-US': 'There is no such user.' },
  INVALID_CREDENTIALS: { 'zh-CN': '供应商拒绝了这个凭证，请检查密钥和地址。', 'en-US': 'The supplier refused this credential. Check the key and the address.' },
  RESOURCE_CONFLICT: { 'zh-CN': '与已有内容冲突，或内容已被他人修改，请刷新后重试。', 'en-US': 'It conflicts with what is there, or someone changed it meanwhile. Reload and try again.' },
  OPERATION_NOT_ALLOWED: { 'zh-CN': '当前状态下不能执行此操作。', 'en-US': 'This is not possible in the present state.' },
  RESOURCE_NOT_FOUND: { 'zh-CN': '没有找到请求的内容。', 'en-US': 'What you asked for does not exist.' },
  BUDGET_EXCEEDED: { 'zh-CN': '预算不足，本次调用没有发出。', 'en-US': 'The budget does not cover this call; it was not made.' },
  QUOTA_EXCEEDED: { 'zh-CN': '已达到套餐的数量上限。', 'en-US': 'The plan’s quota is used up.' },
  WORKFLOW_INVALID: { 'zh-CN': '工作流没有通过编译，请查看诊断。', 'en-US': 'The workflow does not compile. See its diagnostics.' },
  AI_PROVIDER_ERROR: { 'zh-CN': '模型供应商返回了错误，请稍后重试或换一个模型。', 'en-US': 'The model’s supplier failed. Try again later or choose another model.' },
  MEMORY_SERVICE_UNAVAILABLE: { 'zh-CN': '记忆服务暂时不可用。', 'en-US': 'The memory service is not available right now.' },
  EXTERNAL_API_TIMEOUT: { 'zh-CN': '外部服务没有在限定时间内回应。', 'en-US': 'An outside service did not answer in time.' },
  THIRD_PARTY_ERROR: { 'zh-CN': '第三方服务出错。', 'en-US': 'A third-party service failed.' },
  NETWORK_ERROR: { 'zh-CN': '无法连接到目标地址，或该地址不被允许。', 'en-US': 'The address could not be reached, or is not allowed.' },
  DATABASE_ERROR: { 'zh-CN': '数据库暂时不可用，请稍后重试。', 'en-US': 'The database is not available right now. Try again shortly.' },
  CACHE_ERROR: { 'zh-CN': '缓存暂时不可用。', 'en-US': 'The cache is not available right now.' },
  INTERNAL_SERVER_ERROR: { 'zh-CN': '服务器内部错误，请把请求编号交给平台运维人员。', 'en-US': 'Something went wrong here. Give the operator the request ID.' },
  SERVICE_UNAVAILABLE: { 'zh-CN': '服务正在启动、停止或繁忙，请稍后重试。', 'en-US': 'The service is starting, stopping or busy. Try again shortly.' },
  CONFIGURATION_ERROR: { 'zh-CN': '服务配置有误。', 'en-US': 'The service’s configuration is wrong.' },
};

/** Where `details.reason` makes the code's own text untrue. */
const reasonTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  ...apiKeyTexts,
  QUOTA_EXCEEDED: {
    ...apiKeyTexts.QUOTA_EXCEEDED,
    ...tenantTexts.QUOTA_EXCEEDED,
    too_many_exports: { 'zh-CN': '已有 5 个导出在进行，请等其中一个完成或取消它。', 'en-US': 'Five exports are being made already. Wait for one of them, or cancel it.' },
  },
  RESOURCE_CONFLICT: {
    ...apiKeyTexts.RESOURCE_CONFLICT,
    ...archiveTexts.RESOURCE_CONFLICT,
  },
  OPERATION_NOT_ALLOWED: {
    ...apiKeyTexts.OPERATION_NOT_ALLOWED,
    look_ended: { 'zh-CN': '这次查看已经结束。需要继续时，请再次说明原因。', 'en-US': 'This look has ended. To go on, begin another with its reason.' },
    look_at_oneself: { 'zh-CN': '你自己的内容不需要查看权限。', 'en-US': 'You need no look to see your own.' },
    lines_not_sound: { 'zh-CN': '有的行不能邀请，所以没有邀请任何人。请修改这些行，或只邀请没有问题的。', 'en-US': 'Some lines can’t be invited, so nobody was. Mend those lines, or invite only the others.' },
    ...tenantTexts.OPERATION_NOT_ALLOWED,
    ...archiveTexts.OPERATION_NOT_ALLOWED,
    export_not_ready: { 'zh-CN': '这个导出没有完成，不能下载。', 'en-US': 'This export is not finished and cannot be downloaded.' },
  },
  RATE_LIMIT_EXCEEDED: {
    ...tenantTexts.RATE_LIMIT_EXCEEDED,
    too_many_trials: {
      'zh-CN': '十分钟内试用密钥的次数过多，请稍后再试。',
      'en-US': 'Too many keys were tried within ten minutes. Try again later.',
    },
  },
  NETWORK_ERROR: {
    cut_short: {
      'zh-CN': '供应商在回答结束前断开了连接，请重试。',
      'en-US': 'The supplier broke off before the answer was finished. Try again.',
    },
  },
};

const byPart = [gatewayTexts, accountTexts, budgetTexts, secondFactorTexts, ssoTexts, refusalTexts, reasonTexts];

/** What `details.reason` says of a failure, where that is more than its code's own text. */
export function findReasonText(name: ErrorName, reason: string): Record<Locale, string> | undefined {
  for (const texts of byPart) if (texts[name]?.[reason]) return texts[name][reason];
  return undefined;
}

/** The `error` object of a failure, in a person's language. Anything that is not an AppError says nothing but 5003. */
export function describeError(error: unknown, locale: Locale): ErrorBody {
  const name = error instanceof AppError ? error.error_name : 'INTERNAL_SERVER_ERROR';
  const given = error instanceof AppError ? error.details : undefined;
  const details = given && 'issues' in given ? { ...given, issues: localizeIssues(given['issues'], locale) } : given;
  const reason = String(given?.['reason']);
  const text = findReasonText(name, reason) ?? errorTexts[name];
  return { code: errorTable[name].code, message: text[locale], ...(details ? { details } : {}) };
}
