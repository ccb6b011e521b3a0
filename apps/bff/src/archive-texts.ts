import type { ErrorName, Locale } from '@lyss/api-types';

/** What is refused about a tenant's archives, by the failure's name and `details.reason`. */
export const archiveTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  RESOURCE_CONFLICT: {
    export_in_progress: { 'zh-CN': '已有一个导出正在生成，请等它完成或先停止它。', 'en-US': 'An export of the tenant is being made already. Wait for it, or stop it first.' },
  },
};
