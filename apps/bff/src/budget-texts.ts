import type { ErrorName, Locale } from '@lyss/api-types';

/** What is refused about budgets, by the failure's name and `details.reason`. */
export const budgetTexts: Partial<Record<ErrorName, Record<string, Record<Locale, string>>>> = {
  QUOTA_EXCEEDED: {
    too_many_budgets: { 'zh-CN': '一个租户最多 500 个预算，请先删除不用的。', 'en-US': 'A tenant has at most 500 budgets. Delete one that is not needed.' },
  },
  OPERATION_NOT_ALLOWED: {
    budget_not_raised: { 'zh-CN': '这个预算现在没有临时提高。', 'en-US': 'This budget is not raised now.' },
    currency_in_budgets: { 'zh-CN': '已有预算使用当前货币。要更换货币，请先删除所有预算。', 'en-US': 'There are budgets in the present currency. Delete them all to change it.' },
  },
};
