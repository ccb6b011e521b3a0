import type { Locale } from './text.ts';

/** Words that were given up for the one of the product's glossary, which stands in front. */
const givenUp: Record<Locale, readonly [word: string, others: RegExp][]> = {
  'zh-CN': [
    ['工作区', /空间名|短名/],
    ['会话', /(?:这个|新|新建|创建|加载|删除|归档的|名的|还没有)对话|对话(?:列表|设置)/],
    ['租户管理员', /(?<!租户)管理员/],
    ['平台运维人员', /(?<!平台)运维人员|平台运维(?!人员)|运营(?:方|者|人员)/],
    ['暂停', /停用[^，。]{0,6}租户|租户[^，。]{0,4}停用/],
    ['停用', /(?:账号|用户)[^，。]{0,4}暂停/],
  ],
  'en-US': [
    ['tenant admin', /(?<!tenant )\badmins?\b|administrator/i],
    ['operator', /platform[’']?s? (?:\w+ )?operator/i],
    ['suspended', /disabled? (?:this |the |a )?tenant|tenant is disabled/i],
    ['ID', /\bId\b|\b[Rr]equest id\b/],
    ['workspace', /short name|space name/i],
  ],
};

/** The words of the glossary that a text calls by another name; the console's texts and the BFF's are judged alike. */
export function listGivenUpWords(text: string, language: Locale): string[] {
  return givenUp[language].filter(([, others]) => others.test(text)).map(([word]) => word);
}
