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
  retention: '审计记录保留',
  retention_hint: '更早的记录会永久删除，删除本身会留下一条记录。',
  for_ever: '一直保留',
  days_other: '{{count}} 天',
  years_other: '{{count}} 年',
  second_factor: {
    title: '两步验证',
    line: '除了密码，登录时还要用手机应用或通行密钥确认',
    label: '谁必须使用',
    none: '由每个人自己决定',
    admins: '有管理权限的人',
    everyone: '所有人',
    means: '还没有设置的人会立刻被要求设置，设置好之前不能使用其他任何功能，API 密钥也会停用。已经设置的人不受影响。',
    missing_other: '目前有 {{count}} 人没有设置',
    nobody: '目前所有人都已设置。',
    who: '看看是谁',
    yourself: '你自己还没有两步验证，需要先设置好。',
    set_up: '去设置',
  },
  region: '地区',
  region_line: '新用户的语言，以及金额和时间的显示方式',
  locale: '默认语言',
  currency: '货币',
  currency_hint: '只改变之后的记录，不换算已有的金额',
  time_zone: '时区',
  password: { title: '密码', line: '比平台的要求更严。下次设置密码时生效', min_length: '最短长度', characters_other: '{{count}} 个字符', words: '不允许的词', words_hint: '用逗号分开，例如公司和产品的名字；大小写和夹在中间的符号不计' },
  session: { title: '登录有效期', line: '不会比平台的更长。下次续期时生效', idle: '无操作后退出', idle_longest: '12 小时', absolute: '最长登录时间', absolute_longest: '7 天（平台运维人员 24 小时）', hours_other: '{{count}} 小时', minutes_other: '{{count}} 分钟' },
  kept: { title: '保留时间', line: '到期的每天删除一次，删除了多少会写进审计', conversations: '对话保留', conversations_hint: '从最后一条消息算起，到期后永久删除', sessions: '已结束的登录和一次性链接保留', sessions_hint: '至少 30 天，用来认出被再次使用的旧凭据' },
  plan: { title: '套餐', line: '由平台运维人员设定。用完后不能再新增，已有的不受影响', seats: '席位', api_keys: 'API 密钥', storage: '存储', requests: '每分钟请求', none: '不限', used: '已用 {{used}}，上限 {{limit}}', free: '已用 {{used}}，不限' },
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
