import type { ErrorName, Locale } from '@lyss/api-types';

/** What is refused about a tenant, by the failure's name and `details.reason`. */
export const tenantTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  QUOTA_EXCEEDED: {
    plan_seats: { 'zh-CN': '套餐的席位已用完。请停用不再需要的用户，或请平台运维人员增加席位。', 'en-US': 'The plan’s seats are used up. Disable somebody who no longer needs one, or ask the operator for more.' },
    plan_api_keys: { 'zh-CN': '套餐的 API 密钥已用完。请吊销不用的，或请平台运维人员增加。', 'en-US': 'The plan’s API keys are used up. Revoke one that is not needed, or ask the operator for more.' },
    plan_storage: { 'zh-CN': '套餐的存储已用完。请删除不用的文件，或请平台运维人员增加。', 'en-US': 'The plan’s storage is used up. Remove files that are not needed, or ask the operator for more.' },
  },
  RATE_LIMIT_EXCEEDED: {
    plan_requests: { 'zh-CN': '本租户这一分钟的请求数已达套餐上限，请稍后再试。', 'en-US': 'Your tenant has used this minute’s requests of its plan. Try again shortly.' },
  },
  OPERATION_NOT_ALLOWED: {
    own_tenant: { 'zh-CN': '这是你自己所在的租户，不能暂停或删除。', 'en-US': 'This is your own tenant: it cannot be suspended or deleted.' },
    last_operator: { 'zh-CN': '最后一位平台运维人员在这个租户里，不能删除。', 'en-US': 'The last operator lives in this tenant: it cannot be deleted.' },
    tenant_deleting: { 'zh-CN': '这个租户正在删除。要改变状态，请先取消删除。', 'en-US': 'This tenant is being deleted. Cancel the deletion to change its state.' },
    not_deleting: { 'zh-CN': '没有要取消的删除。', 'en-US': 'There is no deletion to cancel.' },
    deletion_begun: { 'zh-CN': '清除已经开始，密钥已销毁，不能取消。', 'en-US': 'Erasing has begun and the keys are destroyed: it cannot be cancelled any more.' },
  },
};
