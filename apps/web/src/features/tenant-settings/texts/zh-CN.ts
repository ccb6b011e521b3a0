const texts = {
  title: '租户设置',
  line: '对租户里的每个人生效',
  waiting: '正在读取设置',
  failed: '设置没有读到',
  identity: '名称',
  name: '租户名称',
  name_missing: '请输入租户名称',
  workspace: '工作区',
  workspace_hint: '登录时用来区分租户，不能修改',
  audit: '审计',
  audit_line: '谁在何时做了什么。记录只增不改，到期的每天删除一次。',
  retention: '审计记录保留',
  retention_hint: '更早的记录会永久删除，删除本身会留下一条记录。',
  for_ever: '一直保留',
  days_other: '{{count}} 天',
  years_other: '{{count}} 年',
  region: '地区',
  region_line: '新用户的语言，以及金额和时间的显示方式',
  locale: '默认语言',
  currency: '货币',
  currency_hint: '只改变之后的记录，不换算已有的金额',
  time_zone: '时区',
  saved: '已保存',
  stale: '设置刚被别人改过，已读入最新的内容，请检查后再保存',
  read_only: '你可以查看这些设置，但不能修改',
} as const;

export default texts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    'tenant-settings': typeof texts;
  }
}
