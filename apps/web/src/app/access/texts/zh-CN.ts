const texts = {
  role: { super_admin: '平台运维人员', tenant_admin: '租户管理员', end_user: '成员' },
  role_line: {
    super_admin: '管理所有租户，看不到任何租户的内容',
    tenant_admin: '管理本租户的用户、供应商和设置，也能对话',
    end_user: '与本租户提供的模型对话',
  },
  noun: { tenants: '租户', platform_audit: '平台审计', settings: '租户设置', tenant: '导出与导入', users: '用户', roles: '角色', sso: '单点登录', suppliers: '供应商', models: '模型', usage: '用量', audit: '审计', api_keys: 'API 密钥', chat: '对话' },
  name: {
    tenants_read: '查看所有租户',
    tenants_write: '管理所有租户',
    platform_audit_read: '查看平台审计',
    settings_read: '查看租户设置',
    settings_write: '更改租户设置',
    tenant_export: '导出租户的全部内容',
    tenant_import: '导入租户的全部内容',
    users_read: '查看用户',
    users_write: '管理用户',
    users_look: '查看他人的数据',
    roles_read: '查看角色',
    roles_write: '管理角色',
    sso_manage: '管理单点登录',
    suppliers_read: '查看供应商',
    suppliers_write: '管理供应商',
    models_read: '查看模型与价格',
    models_write: '管理模型与价格',
    usage_read: '查看用量与请求',
    audit_read: '查看审计',
    api_keys_manage: '管理所有人的 API 密钥',
    chat_use: '对话',
    api_keys_use: '使用自己的 API 密钥',
  },
  line: {
    tenants_read: '看到平台上有哪些租户、各自的状态和用量，看不到内容。',
    tenants_write: '新建、改名、暂停、恢复和删除租户。',
    platform_audit_read: '看到平台自己的操作记录：谁在何时对哪个租户做了什么。',
    settings_read: '看到租户的名称、币种、时区和各项规则。',
    settings_write: '更改租户的名称、币种、时区和各项规则。',
    tenant_export: '把本租户的全部内容导出成一个文件，包括所有人的会话，不含密钥。',
    tenant_import: '把另一个租户的导出文件写入空的租户；只能带来自己也有的权限。',
    users_read: '看到有哪些人、各自的角色和最近使用的时间。',
    users_write: '添加、改名、停用用户，给他们角色和新的一次性链接。',
    users_look: '说明原因后，在 30 分钟内阅读他人的会话，不能更改；原因会告知对方，并记入审计。',
    roles_read: '看到有哪些角色，各自能做什么。',
    roles_write: '新建、更改和删除本租户自己的角色。',
    sso_manage: '连接本租户的身份提供方，规定其中的人得到哪些角色，并可关闭密码登录。',
    suppliers_read: '看到接入了哪些供应商、哪些模型，看不到完整的密钥。',
    suppliers_write: '接入、测试、更换和删除供应商的密钥，启用或关闭它们。',
    models_read: '看到本租户的模型、开放给谁、价格和汇率。',
    models_write: '决定开放哪些模型、给谁、叫什么名字、按什么价格计费，并设置汇率。',
    usage_read: '看到本租户的用量、费用，以及每一次调用的结果；看不到对话内容。',
    audit_read: '看到本租户的操作记录：谁在何时做了什么，从什么改成了什么。',
    api_keys_manage: '看到所有人的 API 密钥（只有末尾几位），并可以吊销。',
    chat_use: '与本租户提供的模型对话，查看和删除自己的会话。',
    api_keys_use: '为自己的程序创建、轮换和吊销 API 密钥，权限不超过本人。',
  },
} as const;
export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    access: typeof texts;
  }
}
