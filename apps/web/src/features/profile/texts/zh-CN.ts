const texts = {
  title: '个人设置',
  line: '你的姓名，以及控制台在你面前的样子',
  account: '账号',
  email: '邮箱',
  email_hint: '邮箱由租户管理员修改',
  name: '姓名',
  name_missing: '请输入姓名',
  saved: '已保存',
  stale: '内容在别处被改过，已读入最新的，请再保存一次',
  look: '显示',
  at_once: '选中后立即生效',
  time_zone: '时区',
  tenant_zone: '跟随租户（{{zone}}）',
  roles: '角色',
  role_names: { super_admin: '平台运维人员', tenant_admin: '租户管理员', end_user: '成员' },
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    profile: typeof texts;
  }
}
