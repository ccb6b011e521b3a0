import type { Locale, SystemRole } from '@lyss/api-types';

export interface DemoPerson {
  name: string;
  email: string;
  roles: SystemRole[];
  duty: string;
  conversations: string[][];
}

export interface DemoTenant {
  name: string;
  workspace: string;
  locale: Locale;
  currency: string;
  time_zone: string;
  people: DemoPerson[];
}

/** Two organisations that share a platform: one speaks Chinese, one English. */
export const demoTenants: DemoTenant[] = [
  {
    ...{ name: '云栖科技', workspace: 'yunqi', locale: 'zh-CN', currency: 'CNY', time_zone: 'Asia/Shanghai' },
    people: [
      {
        ...{ name: '林知远', email: 'lin@yunqi.example', roles: ['super_admin', 'tenant_admin'], duty: 'operator and tenant admin' },
        conversations: [['Lyss 是什么？', '怎样添加供应商？'], ['租户管理员能做什么？']],
      },
      {
        ...{ name: '陈一鸣', email: 'chen@yunqi.example', roles: ['end_user'], duty: 'member' },
        conversations: [['demo:markdown demo:long=40 写一段示例'], ['密钥是怎样保存的？', '租户管理员能看到我的对话吗？']],
      },
      { ...{ name: '周小棠', email: 'zhou@yunqi.example', roles: ['end_user'], duty: 'member' }, conversations: [['刷新页面后回答还在吗？']] },
    ],
  },
  {
    ...{ name: 'Northwind Labs', workspace: 'northwind', locale: 'en-US', currency: 'USD', time_zone: 'America/New_York' },
    people: [
      {
        ...{ name: 'Maya Ortiz', email: 'maya@northwind.example', roles: ['tenant_admin'], duty: 'tenant admin' },
        conversations: [['What is Lyss?', 'How do I add a supplier?'], ['What can a tenant admin do?']],
      },
      {
        ...{ name: 'Sam Okafor', email: 'sam@northwind.example', roles: ['end_user'], duty: 'member' },
        conversations: [['demo:code Show me how to call the gateway'], ['Can a tenant admin read my conversations?']],
      },
    ],
  },
];
