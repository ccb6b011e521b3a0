import type { ErrorName, Locale } from '@lyss/api-types';

/** What is refused about a tenant, by the failure's name and `details.reason`. */
export const tenantTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  OPERATION_NOT_ALLOWED: {
    own_tenant: { 'zh-CN': '这是你自己所在的租户，不能暂停或删除。', 'en-US': 'This is your own tenant: it cannot be suspended or deleted.' },
    last_operator: { 'zh-CN': '平台最后一位运维人员在这个租户里，不能删除。', 'en-US': 'The platform’s last operator lives in this tenant: it cannot be deleted.' },
    tenant_deleting: { 'zh-CN': '这个租户正在删除。要改变状态，请先取消删除。', 'en-US': 'This tenant is being deleted. Cancel the deletion to change its state.' },
    not_deleting: { 'zh-CN': '没有要取消的删除。', 'en-US': 'There is no deletion to cancel.' },
    deletion_begun: { 'zh-CN': '清除已经开始，密钥已销毁，不能取消。', 'en-US': 'Erasing has begun and the keys are destroyed: it cannot be cancelled any more.' },
  },
};
